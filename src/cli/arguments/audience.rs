//! Who an answer is for, as the command line says it.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::shell::{UsageError, bail_usage};
use crate::load::names::Names;
use crate::privacy::audience::Audience;
use crate::school::School;

/// Who an answer may be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AudienceWord {
    /// The phase leader
    Leader,
    /// A subject leader
    SubjectLeader,
    /// The headteacher and senior leaders
    Headteacher,
    /// Governors
    Governors,
    /// A meeting of staff
    Staff,
}

impl AudienceWord {
    /// Everybody.
    pub const ALL: &'static [Self] =
        &[Self::Leader, Self::SubjectLeader, Self::Headteacher, Self::Governors, Self::Staff];
}

/// Whom the command line names.
#[derive(Clone, Debug)]
pub struct AudienceChoice {
    /// Who the answer is for, where that was said.
    pub(crate) word: Option<AudienceWord>,
    /// Which subject leader.
    pub(crate) of: Option<String>,
}

impl AudienceChoice {
    /// Whether it is the phase leader, who sees the files themselves.
    pub fn is_leader(&self) -> bool {
        self.word.is_none_or(|word| word == AudienceWord::Leader)
    }

    /// Who the answer is for.
    ///
    /// # Errors
    /// Where a subject leader is meant, but not which.
    pub fn audience(&self, school: &School) -> Result<Audience> {
        let audience = self.word.unwrap_or(AudienceWord::Leader);
        if self.of.is_some() && audience != AudienceWord::SubjectLeader {
            bail_usage!("--for goes with --audience subject-leader");
        }
        Ok(match audience {
            AudienceWord::Leader => Audience::Leader,
            AudienceWord::Headteacher => Audience::Headteacher,
            AudienceWord::Governors => Audience::Governors,
            AudienceWord::Staff => Audience::Staff,
            AudienceWord::SubjectLeader => {
                let Some(text) = &self.of else {
                    bail_usage!("--audience subject-leader: say of whom, with --for STAFF");
                };
                let found = Names::of_staff(school).find(text);
                Audience::SubjectLeader(
                    found.map_err(|wrong| UsageError(format!("{}: {}", wrong.message, wrong.hint)))?,
                )
            }
        })
    }

    /// Who the answer is for, where that was said; else those for whom it is made.
    ///
    /// # Errors
    /// Where a subject leader is meant, but not which.
    pub fn audience_or(&self, school: &School, made_for: Audience) -> Result<Audience> {
        if self.word.is_none() && self.of.is_none() { Ok(made_for) } else { self.audience(school) }
    }

    /// Refuses an audience for which an answer is not made.
    ///
    /// # Errors
    /// Where it is not among those.
    pub fn only_for(&self, audiences: &[AudienceWord]) -> Result<()> {
        if self.word.is_none_or(|audience| audiences.contains(&audience)) {
            return Ok(());
        }
        let names = |word: &AudienceWord| {
            word.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
        };
        let listed: Vec<String> = audiences.iter().map(names).collect();
        let says = match listed.as_slice() {
            [] | [_] => {
                format!("this answer names classes and teachers: it is for {} only", listed.join(" and "))
            }
            several => format!("this answer is for {} only", several.join(", ")),
        };
        Err(UsageError(says).into())
    }
}

/// Refuses flags that make another table of what an audience is shown one table of: what the one hides would follow
/// from the other.
///
/// # Errors
/// Where one of the flags was given.
pub(crate) fn one_table(audience: &Audience, flags: &[(&str, bool)]) -> Result<()> {
    match flags.iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((flag, _)) => {
            let says = "what one table hides would follow from another: leave it away";
            Err(UsageError(format!("{flag} is not for this audience ({}): {says}", audience.word())).into())
        }
    }
}
