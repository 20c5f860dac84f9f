//! What is wrong with a checkout: where it stands, and which of several lines is at fault.

use super::form::{Form, Spot};
use crate::domain::problem::{Concern, Problem};
use crate::domain::purchase::{Purchase, Validation};
use crate::domain::text::Verbatim;
use crate::remote::RequestId;

/// Something that is wrong, in a sentence, and where it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub about: Concern,
    /// The place of the line that is at fault, where that is known.
    pub line: Option<usize>,
    /// The field to be changed, where one can be.
    pub spot: Option<Spot>,
    /// What is wrong, and what helps.
    pub sentence: String,
}

impl Note {
    /// About the order as a whole.
    pub fn of_order(sentence: String) -> Self {
        Self { about: Concern::Order, line: None, spot: None, sentence }
    }

    /// About what is typed in a field.
    pub fn of_field(spot: Spot, sentence: String) -> Self {
        let line = match spot {
            Spot::Phone(line) => Some(line),
            Spot::Email | Spot::Coupon | Spot::Refund | Spot::Newsletter => None,
        };
        Self { about: spot.concern(), line, spot: Some(spot), sentence }
    }

    /// What the shop has against it, in its line where that is known.
    pub fn of_problem(problem: &Problem, line: Option<usize>, form: &Form) -> Self {
        let about = problem.concern();
        let spot = match about {
            Concern::Coupon => Some(Spot::Coupon),
            Concern::Email => Some(Spot::Email),
            Concern::Beneficiary => form.beneficiary_spot(line),
            Concern::Order | Concern::Product | Concern::Value | Concern::Tender => None,
        };
        Self { about, line, spot, sentence: format!("{problem} {}", problem.advice()) }
    }
}

/// The search for the line that the shop means: it names none, so each is checked alone
/// (contract, section 3.2). One question at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// The question that is open.
    pub asked: RequestId,
    /// Everything that is bought.
    pub purchase: Box<Purchase>,
    /// What the shop has against all of it together.
    pub against: Vec<Problem>,
    /// What it has against each line alone, so far.
    pub found: Vec<Vec<Problem>>,
}

impl Search {
    /// Whether it could help: there are several lines, and the fault may be that of a single one.
    pub fn helps(purchase: &Purchase, validation: &Validation) -> bool {
        let problems = &validation.problems;
        purchase.lines.len() > 1 && (problems.is_empty() || problems.iter().any(Problem::may_be_of_one_line))
    }

    /// The line to ask next, alone: without the coupon, which is for all of them together.
    pub fn next(purchase: &Purchase, place: usize) -> Option<Purchase> {
        let line = purchase.lines.get(place)?.clone();
        Some(Purchase { lines: vec![line], coupon: None, ..purchase.clone() })
    }

    /// Takes the answer about one line.
    pub fn learn(&mut self, alone: &Validation) {
        let mut problems = alone.problems.clone();
        if problems.is_empty() && alone.payable().is_none() {
            problems.push(Problem::new(NO_TOTAL));
        }
        self.found.push(problems);
    }

    /// Everything that is wrong: at its line where one alone has the same fault.
    pub fn notes(&self, form: &Form) -> Vec<Note> {
        let mut notes = Vec::new();
        for problem in &self.against {
            let guilty = |found: &Vec<Problem>| found.iter().any(|other| other.code == problem.code);
            let lines: Vec<usize> =
                self.found.iter().enumerate().filter(|(_, found)| guilty(found)).map(|(at, _)| at).collect();
            if lines.is_empty() || !problem.may_be_of_one_line() {
                notes.push(Note::of_problem(problem, None, form));
            } else {
                notes.extend(lines.into_iter().map(|at| Note::of_problem(problem, Some(at), form)));
            }
        }
        if self.against.is_empty() {
            notes.push(Note::of_order(NOT_PAYABLE.to_owned()));
            for (line, found) in self.found.iter().enumerate().filter(|(_, found)| !found.is_empty()) {
                let at_line = |problem: &Problem| match problem.code.as_str() {
                    NO_TOTAL => Note {
                        about: Concern::Product,
                        line: Some(line),
                        spot: None,
                        sentence: "The shop gave no price for this line. Remove it or choose again."
                            .to_owned(),
                    },
                    _ => Note::of_problem(problem, Some(line), form),
                };
                notes.extend(found.iter().map(at_line));
            }
        }
        notes
    }
}

/// Said beside whatever is wrong: what it means for the money.
pub const NOTHING_ORDERED: &str = "Nothing was ordered.";
/// Said when there is neither a total nor a problem (contract, section 3.2).
pub const NOT_PAYABLE: &str = "The shop gave no total for this, so it cannot be paid. Choose again.";
/// Stands for a line that has no total and no problem either; no code of the shop's looks so.
const NO_TOTAL: &str = "(no total)";

/// The brands that refuse the tender, as far as the answer about these lines tells.
pub fn refusing_brands(purchase: &Purchase, problems: &[Vec<Problem>]) -> Vec<Verbatim> {
    let lines = purchase.lines.iter().zip(problems);
    let refuse = lines.filter(|(_, problems)| problems.iter().any(Problem::refuses_the_tender));
    refuse.map(|(line, _)| line.item.brand.clone()).collect()
}
