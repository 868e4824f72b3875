//! Judging what evidence shows: aspects, areas, the job card's two questions, and the plan to the next grade.

pub mod answer;
pub mod citation;
pub mod evaluation;
pub mod evidence_counts;
pub mod evidence_form;
pub mod firmness;
pub mod gather;
pub mod leader_judgement;
pub mod limiting_rules;
pub mod moderation;
pub mod next_grade;
pub mod next_step;
pub mod pairs;
pub mod plan_rows;
pub mod practice;
pub mod redaction;
pub mod roll_up;
pub mod validity;
pub mod votes;

pub use crate::judge::answer::Evaluation;
pub use crate::judge::evaluation::evaluate;
pub use gather::Scope;
