//! The days a rule begins with: dates, days of every year, public holidays.

use chrono::{Datelike, NaiveDate};

use super::OsmFault;
use super::rules::{Days, Parser};
use super::scan::Token;
use super::words::month_of;
use crate::hours::week::MonthDay;

impl Parser<'_> {
    pub(super) fn days(&mut self, start: usize) -> Result<Days, OsmFault> {
        match self.peek() {
            Some(Token::Word("PH")) => {
                self.at += 1;
                Ok(Days::Holidays)
            }
            Some(Token::Word("SH" | "easter" | "week")) => {
                Err(self.not_carried(start, "school holidays, Easter and weeks have to be written as dates"))
            }
            Some(Token::Number(_)) => self.dates(start),
            Some(Token::Word(name)) if month_of(name).is_some() => self.yearly(start),
            _ => Ok(Days::All),
        }
    }

    /// "2026 Dec 28-2026 Dec 31", "2026 Dec 24", "2027 Jan 01+", several of them behind commas.
    fn dates(&mut self, start: usize) -> Result<Days, OsmFault> {
        let mut ranges = Vec::new();
        loop {
            let (year, first) = self.date(start, None)?;
            let last = if self.takes_sign('+') {
                NaiveDate::MAX
            } else if self.takes_sign('-') {
                self.date(start, Some((year, first)))?.1
            } else {
                first
            };
            if last < first {
                return Err(self.not_carried(start, "the last day of a range comes before the first"));
            }
            ranges.push((first, last));
            let goes_on = matches!(self.ahead(1), Some(Token::Number(_)));
            if !(goes_on && self.takes_sign(',')) {
                return Ok(Days::Dates(ranges));
            }
        }
    }

    /// A date with its year; behind a hyphen year and month may be those of the first date.
    fn date(&mut self, start: usize, first: Option<(i32, NaiveDate)>) -> Result<(i32, NaiveDate), OsmFault> {
        const FEWEST_OF_A_YEAR: u32 = 1000;
        let seasons = "a plan for months or years has to name its first and last day: `2026 Jul 01-2026 Aug 31 …`";
        let year = match self.peek() {
            Some(Token::Number(number)) if *number >= FEWEST_OF_A_YEAR => {
                let year = i32::try_from(*number).unwrap_or(i32::MAX);
                self.at += 1;
                year
            }
            _ => first.map(|(year, _)| year).ok_or_else(|| self.misread("a date begins with its year"))?,
        };
        let month = match (self.peek(), first) {
            (Some(Token::Word(name)), _) => {
                let month = month_of(name).ok_or_else(|| self.not_carried(start, seasons))?;
                self.at += 1;
                month
            }
            (Some(Token::Number(_)), Some((_, date))) => date.month(),
            _ => return Err(self.not_carried(start, seasons)),
        };
        let day = self.day_of_month(start, seasons)?;
        let date = NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| self.misread("there is no such date"))?;
        Ok((year, date))
    }

    fn day_of_month(&mut self, start: usize, otherwise: &'static str) -> Result<u32, OsmFault> {
        let Some(Token::Number(day)) = self.peek() else { return Err(self.not_carried(start, otherwise)) };
        let day = *day;
        self.at += 1;
        Ok(day)
    }

    /// "Dec 24", "Dec 24-26", "Dec 24,31".
    fn yearly(&mut self, start: usize) -> Result<Days, OsmFault> {
        let seasons = "a plan that returns every year has to be written for each year: `2026 Jul 01-2026 Aug 31 …`";
        let mut days = Vec::new();
        while let Some(month) = self.peek().and_then(|token| match token {
            Token::Word(name) => month_of(name),
            _ => None,
        }) {
            self.at += 1;
            loop {
                let first = self.day_of_month(start, seasons)?;
                let last = if self.takes_sign('-') { self.day_of_month(start, seasons)? } else { first };
                for day in first..=last.min(31) {
                    days.push(MonthDay::new(month, day).map_err(|_| self.misread("no year has such a day"))?);
                }
                let number_follows = matches!(self.ahead(1), Some(Token::Number(_)));
                if !(number_follows && self.takes_sign(',')) {
                    break;
                }
            }
            let month_follows = matches!(self.ahead(1), Some(Token::Word(name)) if month_of(name).is_some());
            if !(month_follows && self.takes_sign(',')) {
                break;
            }
        }
        Ok(Days::Yearly(days))
    }
}
