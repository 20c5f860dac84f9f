//! Problems of a checkout: where each is shown, and which of several lines it is about.

use super::form::{Form, Spot};
use crate::domain::problem::{Concern, Problem};
use crate::domain::purchase::{Purchase, Validation};
use crate::domain::text::Verbatim;
use crate::remote::RequestId;

/// A problem as a sentence, and where it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What the problem is about.
    pub about: Concern,
    /// The index of the line the problem is about, if known.
    pub line: Option<usize>,
    /// The field to correct, if there is one.
    pub spot: Option<Spot>,
    /// What is wrong and how to fix it.
    pub sentence: String,
}

impl Note {
    /// A problem with the order as a whole.
    pub fn of_order(sentence: String) -> Self {
        Self { about: Concern::Order, line: None, spot: None, sentence }
    }

    /// A problem with the text of a field.
    pub fn of_field(spot: Spot, sentence: String) -> Self {
        let line = match spot {
            Spot::Phone(line) => Some(line),
            Spot::Email | Spot::Coupon | Spot::Refund | Spot::Newsletter => None,
        };
        Self { about: spot.concern(), line, spot: Some(spot), sentence }
    }

    /// A problem reported by the shop, with its line if known.
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

/// The search for the line that the shop's problems are about: it names none, so each is checked alone
/// (contract, section 3.2). One request at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// The pending request.
    pub asked: RequestId,
    /// The whole purchase.
    pub purchase: Box<Purchase>,
    /// The problems the shop reported for the whole purchase.
    pub against: Vec<Problem>,
    /// The problems of each line alone, so far.
    pub found: Vec<Vec<Problem>>,
}

impl Search {
    /// Returns whether a search could help: there are several lines, and a single one may be at fault.
    pub fn helps(purchase: &Purchase, validation: &Validation) -> bool {
        let problems = &validation.problems;
        purchase.lines.len() > 1 && (problems.is_empty() || problems.iter().any(Problem::may_be_of_one_line))
    }

    /// The next line to check alone, without the coupon, which applies to all lines together.
    pub fn next(purchase: &Purchase, place: usize) -> Option<Purchase> {
        let line = purchase.lines.get(place)?.clone();
        Some(Purchase { lines: vec![line], coupon: None, ..purchase.clone() })
    }

    /// Stores the answer about one line.
    pub fn learn(&mut self, alone: &Validation) {
        let mut problems = alone.problems.clone();
        if problems.is_empty() && alone.payable().is_none() {
            problems.push(Problem::new(NO_TOTAL));
        }
        self.found.push(problems);
    }

    /// All problems, each shown at the lines that have it when checked alone.
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

/// Shown with any problem: what it means for the money.
pub const NOTHING_ORDERED: &str = "Nothing was ordered.";
/// Shown if there is neither a total nor a problem (contract, section 3.2).
pub const NOT_PAYABLE: &str = "The shop gave no total for this, so it cannot be paid. Choose again.";
/// Stands for a line that has neither a total nor a problem. It cannot clash with a code of the shop's.
const NO_TOTAL: &str = "(no total)";

/// The brands that refuse the tender, according to the answers about these lines.
pub fn refusing_brands(purchase: &Purchase, problems: &[Vec<Problem>]) -> Vec<Verbatim> {
    let lines = purchase.lines.iter().zip(problems);
    let refuse = lines.filter(|(_, problems)| problems.iter().any(Problem::refuses_the_tender));
    refuse.map(|(line, _)| line.item.brand.clone()).collect()
}
