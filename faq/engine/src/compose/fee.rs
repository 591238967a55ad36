//! What it costs: always with the date of the amount and the word that the notice decides.

use super::Composer;
use crate::phrasebook::Phrasebook;
use crate::reply::{Block, Passage};
use crate::service::{Amount, Fee};

impl Composer<'_> {
    /// The fee as blocks.
    pub(super) fn fee(&self, fee: &Fee) -> Vec<Block> {
        let mut blocks = Vec::new();
        if !fee.amounts.is_empty() {
            let lines: Vec<String> = fee.amounts.iter().map(|amount| self.amount_line(amount)).collect();
            let language = fee.amounts.first().map(|a| self.passage(&a.label).language);
            blocks.push(Block::Text(Passage {
                text: lines.join("\n"),
                language: language.unwrap_or_else(|| self.phrasebook.language().clone()),
            }));
        }
        if let Some(note) = &fee.note {
            blocks.push(Block::Text(self.passage(note)));
        }
        if !fee.amounts.is_empty() {
            blocks.push(match fee.as_of {
                Some(as_of) => self.say("fee_as_of", &[("date", &self.phrasebook.as_of(as_of))]),
                None => self.sentence("fee_without_date"),
            });
        }
        blocks
    }

    fn amount_line(&self, amount: &Amount) -> String {
        let label = self.words(&amount.label);
        let price = price(amount.min, amount.max, &self.phrasebook);
        match amount.online {
            Some(online) => {
                let online = self.phrasebook.say("fee_online", &[("price", &euro(online))]);
                format!("- {label}: **{price}** ({online})")
            }
            None => format!("- {label}: **{price}**"),
        }
    }
}

fn price(min: u32, max: Option<u32>, phrasebook: &Phrasebook) -> String {
    match max {
        Some(max) if max > min => phrasebook.say("fee_range", &[("min", &euro(min)), ("max", &euro(max))]),
        _ if min == 0 => phrasebook.say("fee_free", &[]),
        _ => euro(min),
    }
}

/// "23,60 Euro", "5 Euro".
fn euro(cent: u32) -> String {
    let (whole, rest) = (cent / 100, cent % 100);
    if rest == 0 { format!("{whole} Euro") } else { format!("{whole},{rest:02} Euro") }
}

#[cfg(test)]
mod tests {
    use super::euro;

    #[test]
    fn cents_are_written_as_people_read_them() {
        assert_eq!(euro(2360), "23,60 Euro");
        assert_eq!(euro(500), "5 Euro");
        assert_eq!(euro(1005), "10,05 Euro");
        assert_eq!(euro(25500), "255 Euro");
    }
}
