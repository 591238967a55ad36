//! Tokens put together to rules: which days, what holds on them, and a remark.

use chrono::{NaiveDate, Weekday};

use super::OsmFault;
use super::scan::{Token, tokens};
use super::words::weekday_of;
use crate::hours::week::{MonthDay, Period};

/// One rule of the notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    /// As written, for telling people which one it is.
    pub(super) text: String,
    /// Behind a comma: adds to what holds on its days instead of replacing it.
    pub(super) adds: bool,
    pub(super) days: Days,
    pub(super) weekdays: Option<Vec<Weekday>>,
    pub(super) state: State,
    pub(super) remark: Option<String>,
}

/// The days before weekdays are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Days {
    All,
    Holidays,
    /// Days of every year.
    Yearly(Vec<MonthDay>),
    /// Ranges of dates, first and last inclusive.
    Dates(Vec<(NaiveDate, NaiveDate)>),
}

/// What holds on the days of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    Open(Vec<Period>),
    Closed,
    Unknown,
}

/// Reads all rules of a text.
pub(super) fn rules(text: &str) -> Result<Vec<Rule>, OsmFault> {
    let mut parser = Parser { text, tokens: tokens(text)?, at: 0 };
    let mut rules = Vec::new();
    let mut adds = false;
    loop {
        while parser.takes_sign(';') {
            adds = false;
        }
        if parser.peek().is_none() {
            return if rules.is_empty() { Err(OsmFault::Empty) } else { Ok(rules) };
        }
        rules.push(parser.rule(adds)?);
        adds = parser.takes_sign(',');
        if parser.peek() == Some(&Token::Sign('|')) {
            return Err(parser.not_carried(parser.at, "rules behind `||` count where no other does; write them apart"));
        }
        if !adds && parser.peek().is_some_and(|token| *token != Token::Sign(';')) {
            return Err(parser.misread("rules are separated by `;`"));
        }
    }
}

/// The tokens of a text, read one after the other.
pub(super) struct Parser<'t> {
    text: &'t str,
    tokens: Vec<(usize, Token<'t>)>,
    pub(super) at: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn peek(&self) -> Option<&Token<'t>> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    pub(super) fn ahead(&self, steps: usize) -> Option<&Token<'t>> {
        self.tokens.get(self.at + steps).map(|(_, token)| token)
    }

    pub(super) fn takes_sign(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn place(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |(start, _)| *start)
    }

    pub(super) fn misread(&self, expected: &'static str) -> OsmFault {
        let found = self.text[self.place(self.at)..].chars().take(30).collect::<String>();
        OsmFault::Form { found: if found.is_empty() { "the end of the text".to_owned() } else { found }, expected }
    }

    /// The rule that begins at this token, as far as its end can be seen.
    pub(super) fn not_carried(&self, start: usize, why: &'static str) -> OsmFault {
        let rest = &self.text[self.place(start)..];
        let rule = rest.split(';').next().unwrap_or(rest).trim().chars().take(80).collect();
        OsmFault::NotCarried { rule, why }
    }

    fn rule(&mut self, adds: bool) -> Result<Rule, OsmFault> {
        let start = self.at;
        if self.peek() == Some(&Token::Number(24)) && self.ahead(1) == Some(&Token::Sign('/')) {
            self.at += 3;
            let always = Period::parse("00:00-24:00").map_err(|_| self.misread("`24/7` is always"))?;
            return Ok(self.finished(start, adds, Days::All, None, State::Open(vec![always]), None));
        }
        let days = self.days(start)?;
        let _ = self.takes_sign(':');
        let weekdays = if days == Days::Holidays { None } else { self.weekdays(start)? };
        let state = self.state(start)?;
        let remark = match self.peek() {
            Some(Token::Remark(text)) => {
                let remark = (*text).to_owned();
                self.at += 1;
                Some(remark)
            }
            _ => None,
        };
        Ok(self.finished(start, adds, days, weekdays, state, remark))
    }

    fn finished(
        &self,
        start: usize,
        adds: bool,
        days: Days,
        weekdays: Option<Vec<Weekday>>,
        state: State,
        remark: Option<String>,
    ) -> Rule {
        let text = self.text[self.place(start)..self.place(self.at)].trim().to_owned();
        Rule { text, adds, days, weekdays, state, remark }
    }

    /// "Mo-We,Fr".
    fn weekdays(&mut self, start: usize) -> Result<Option<Vec<Weekday>>, OsmFault> {
        let mut found = Vec::new();
        while let Some(Token::Word(name)) = self.peek() {
            let holidays = "holidays with hours of their own are not recorded; write `PH off`, or single dates";
            if matches!(*name, "PH" | "SH") {
                return Err(self.not_carried(start, holidays));
            }
            let Some(first) = weekday_of(name) else { break };
            self.at += 1;
            if self.peek() == Some(&Token::Sign('[')) {
                return Err(self.not_carried(start, "days such as the first Saturday of a month have to be dates"));
            }
            let last = if self.takes_sign('-') { self.weekday()? } else { first };
            let mut day = first;
            found.push(day);
            while day != last {
                day = day.succ();
                found.push(day);
            }
            let goes_on = matches!(self.ahead(1), Some(Token::Word(_)));
            if !(goes_on && self.takes_sign(',')) {
                break;
            }
        }
        Ok((!found.is_empty()).then_some(found))
    }

    fn weekday(&mut self) -> Result<Weekday, OsmFault> {
        let named = match self.peek() {
            Some(Token::Word(name)) => weekday_of(name),
            _ => None,
        };
        let weekday = named.ok_or_else(|| self.misread("weekdays are Mo Tu We Th Fr Sa Su"))?;
        self.at += 1;
        Ok(weekday)
    }

    fn state(&mut self, start: usize) -> Result<State, OsmFault> {
        let state = match self.peek() {
            Some(Token::Word("off" | "closed")) => State::Closed,
            Some(Token::Word("unknown")) => State::Unknown,
            Some(Token::Word("open")) => {
                return Err(self.not_carried(start, "`open` without times; write `00:00-24:00`"));
            }
            Some(Token::Word("sunrise" | "sunset" | "dawn" | "dusk")) => {
                return Err(self.not_carried(start, "times by the sun have to be written as times"));
            }
            Some(Token::Clock(_)) => return self.periods(start).map(State::Open),
            _ => return Err(self.misread("write weekdays as Mo Tu We Th Fr Sa Su and times as 08:00-12:00, or `off`")),
        };
        self.at += 1;
        Ok(state)
    }

    fn periods(&mut self, start: usize) -> Result<Vec<Period>, OsmFault> {
        const FORM: &str = "a period is `08:00-12:00`";
        let mut periods = Vec::new();
        loop {
            let Some(Token::Clock(opens)) = self.peek().cloned() else { return Err(self.misread(FORM)) };
            let Some(Token::Clock(closes)) = self.ahead(2).cloned() else { return Err(self.misread(FORM)) };
            if self.ahead(1) != Some(&Token::Sign('-')) {
                return Err(self.misread(FORM));
            }
            // Midnight at the end of a day is written 24:00 here, and 00:00 by many.
            let closes = if closes == "00:00" { "24:00" } else { closes };
            let over_midnight = "a period has to end on the day it begins on, at 24:00 at the latest";
            let period = Period::parse(&format!("{opens}-{closes}"));
            periods.push(period.map_err(|_| self.not_carried(start, over_midnight))?);
            self.at += 3;
            if matches!(self.peek(), Some(Token::Sign('+' | '/'))) {
                return Err(self.not_carried(start, "open ends and intervals are not recorded"));
            }
            let goes_on = matches!(self.ahead(1), Some(Token::Clock(_)));
            if !(goes_on && self.takes_sign(',')) {
                return Ok(periods);
            }
        }
    }
}
