//! Reading the workspace for an answer, and refusing what has errors.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;

use super::Shell;
use super::needs::{FilesNeeded, FurtherRecords, says_what_is_wanted};
use super::refusal::{ErrorsShown, say};
use crate::diagnostic::Diagnostic;
use crate::load;
use crate::load::formats::Folder;
use crate::load::loaded::LoadedWorkspace;
use crate::school::{School, UnreadReason, UnreadRecords};
use crate::view::diagnostics;
use crate::view::missing::says as says_missing;

impl Shell {
    /// Reads the workspace, with every error.
    pub fn read(&self) -> LoadedWorkspace {
        load::load(&Folder::new(&self.root).as_if(&self.as_if), self.today)
    }

    /// The same, with files of the workspace read as if they held something else.
    pub fn as_if(&self, files: BTreeMap<String, Option<Vec<u8>>>) -> Self {
        Self { as_if: files, ..self.within(&self.root) }
    }

    /// Reads the workspace for an answer; `needs` says which files it needs, once the half terms are known.
    ///
    /// # Errors
    /// Where those files have errors, which are shown.
    pub fn load(&self, needs: impl FnOnce(&School) -> Result<FilesNeeded>) -> Result<School> {
        self.usable(self.read(), needs)
    }

    /// The school as it was read, where the files that are needed have no errors.
    pub(super) fn usable(
        &self,
        LoadedWorkspace { school, diagnostics, .. }: LoadedWorkspace,
        needs: impl FnOnce(&School) -> Result<FilesNeeded>,
    ) -> Result<School> {
        let errors: Vec<Diagnostic> = diagnostics.into_iter().filter(Diagnostic::is_error).collect();
        let needs = school.as_ref().map(needs).transpose();
        let needed: Vec<Diagnostic> = match &needs {
            Ok(Some(needs)) => {
                // A framework of the school's own matters where it is worked in.
                let used = |file: &str| {
                    let id = file.strip_prefix("frameworks/").and_then(|name| name.strip_suffix(".toml"));
                    id.is_none_or(|id| {
                        school.as_ref().is_none_or(|school| {
                            school.year.frameworks.keys().any(|used| used.as_str() == id)
                        })
                    })
                };
                let is_needed =
                    |error: &&Diagnostic| needs.include(&error.place.file) && used(&error.place.file);
                errors.iter().filter(is_needed).cloned().collect()
            }
            _ => {
                errors.iter().filter(|error| FilesNeeded::SetUp.include(&error.place.file)).cloned().collect()
            }
        };
        match school {
            Some(school) if needed.is_empty() => {
                needs?;
                let errors = self.note_missing(&school, errors);
                if !errors.is_empty() {
                    let count = errors.len();
                    let what = if count == 1 { "1 error".to_owned() } else { format!("{count} errors") };
                    say(&format!("phase check finds {what} in files that this answer does not need"));
                }
                Ok(school)
            }
            _ => {
                let shown = if needed.is_empty() { &errors } else { &needed };
                Err(self.refuse(shown, "mend these and try again (phase check tells all)"))
            }
        }
    }

    /// Reads the workspace for an answer that is made of whatever can be read, with every error next to it.
    ///
    /// # Errors
    /// Where the set-up has errors, which are shown.
    pub fn load_as_it_is(&self) -> Result<(School, Vec<Diagnostic>)> {
        let LoadedWorkspace { school, diagnostics, .. } = self.read();
        let of_set_up = |diagnostic: &&Diagnostic| {
            diagnostic.is_error() && FilesNeeded::SetUp.include(&diagnostic.place.file)
        };
        let wrong: Vec<Diagnostic> = diagnostics.iter().filter(of_set_up).cloned().collect();
        match school {
            Some(school) if wrong.is_empty() => {
                self.note_missing(&school, Vec::new());
                Ok((school, diagnostics))
            }
            _ => Err(self.refuse(&wrong, "mend these and try again (phase check tells all)")),
        }
    }

    /// Notes, and says, what the answer rests on and cannot use; returns the errors in files that it does not use at all.
    fn note_missing(&self, school: &School, errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut missing: Vec<UnreadRecords> = Vec::new();
        if self.rests_on != FurtherRecords::NoMore {
            missing.clone_from(&school.unread);
        }
        let is_used = |error: &Diagnostic| {
            self.rests_on == FurtherRecords::EarlierYearsAndResults && says_what_is_wanted(&error.place.file)
        };
        let (used, others): (Vec<_>, Vec<_>) = errors.into_iter().partition(is_used);
        let mut by_file: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        for error in used {
            by_file.entry(error.place.file.to_string()).or_default().push(error);
        }
        missing.extend(by_file.into_iter().map(|(name, errors)| {
            let of_whole = errors.iter().any(|error| error.place.line == 0);
            let what = if of_whole { UnreadReason::NotReadable } else { UnreadReason::Errors(errors.len()) };
            UnreadRecords { name, is_earlier_year: false, what }
        }));
        // Read again after a change, it is said once.
        if *self.missing.borrow() != missing {
            missing.iter().for_each(|unread| say(&says_missing(unread, self.whom.is_leader())));
            *self.missing.borrow_mut() = missing;
        }
        others
    }

    /// Reports errors that stop a command, and what that means for it.
    pub fn refuse(&self, faults: &[Diagnostic], so: &str) -> anyhow::Error {
        // Lines of the files hold what others may not see.
        if self.whom.is_leader() {
            self.tell(faults);
        }
        say(&format!("{}; {so}", diagnostics::summary(faults, self.files_of(faults))));
        ErrorsShown.into()
    }

    /// Reports errors next to the answer.
    pub fn tell(&self, faults: &[Diagnostic]) {
        let _ = std::io::stderr().write_all(diagnostics::drawn(faults, self.colour).as_bytes());
    }

    fn files_of(&self, faults: &[Diagnostic]) -> usize {
        let mut files: Vec<&str> = faults.iter().map(|diagnostic| &*diagnostic.place.file).collect();
        files.dedup();
        files.len()
    }
}
