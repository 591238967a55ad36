//! `auskunft eval`: how well the desk answers question sets.

use std::io::Write;
use std::path::Path;

use crate::assembly::{AssemblyError, Configuration};
use crate::evaluation::{self, Asker, EvaluationError};

/// An evaluation could not be run.
#[derive(Debug, thiserror::Error)]
pub enum EvalCommandError {
    /// The desk cannot be put together.
    #[error(transparent)]
    Assembly(#[from] AssemblyError),
    /// A file cannot be read.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
    /// The report cannot be written.
    #[error("the report cannot be written")]
    Output(#[from] std::io::Error),
}

/// Scores question, hours and dialogue files.
pub async fn files(
    asker: &Asker<'_>,
    files: &[impl AsRef<Path>],
    json: bool,
    show_misses: bool,
    output: &mut dyn Write,
) -> Result<(), EvalCommandError> {
    for file in files {
        let cases = evaluation::read_cases(file.as_ref())?;
        let report = evaluation::run(asker, &cases).await?;
        if json {
            writeln!(output, "{}", report.to_json(file.as_ref()))?;
        } else {
            report.print(file.as_ref(), show_misses, output)?;
        }
    }
    Ok(())
}

/// Scores any FAQ set in memory.
pub fn question_set(
    configuration: &Configuration,
    entries: &Path,
    queries: &Path,
    json: bool,
    output: &mut dyn Write,
) -> Result<(), EvalCommandError> {
    let set = evaluation::sets::read(entries, queries)?;
    let report = evaluation::sets::run(&set, &configuration.index_builder(), configuration.settings.desk.thresholds)
        .map_err(AssemblyError::from)?;
    if json {
        writeln!(output, "{}", report.to_json())?;
    } else {
        report.print(output)?;
    }
    Ok(())
}
