//! `phase frameworks`: the frameworks that are known, or one of them.

use anyhow::Result;

use crate::cli::arguments::audience::AudienceWord;
use crate::cli::shell::{CommandArgs, CommandNeeds, Outcome, Shell, WorkspaceNeed};
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::formats::{Folder, ValueError, values};
use crate::load::frameworks::library;
use crate::view;
use crate::view::judge::frameworks::{
    ListedFramework, ListedFrameworks, ShownFramework, document_of_all, document_of_one,
};

/// Lists the inspection frameworks, or shows one
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The framework to show
    id: Option<String>,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds =
        CommandNeeds { workspace: WorkspaceNeed::IfThere, ..CommandNeeds::USUAL.for_whom(AudienceWord::ALL) };

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let folder = Folder::new(shell.root());
        let all = library::all(&folder);
        let loaded = shell.read();
        let own_faults = |file: &str| -> Vec<Diagnostic> {
            loaded
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.place.file.starts_with(file))
                .cloned()
                .collect()
        };
        let working_in = loaded.school.as_ref().map(|school| school.settings.framework.clone());
        let Some(id) = &self.id else {
            let listed: Vec<ListedFramework> = all
                .iter()
                .map(|(framework, own)| ListedFramework::of(framework, *own, working_in.as_ref()))
                .collect();
            let document = document_of_all(&listed, shell.today);
            shell
                .write(&ListedFrameworks { frameworks: &listed, schema: "phase/frameworks/1" }, &document)?;
            let diagnostics = own_faults("frameworks/");
            if !diagnostics.is_empty() {
                shell.say(&format!(
                    "in your own: {} (phase check tells all)",
                    view::diagnostics::summary(&diagnostics, 1)
                ));
            }
            return Ok(Outcome::Answered);
        };
        let diagnostics = own_faults(&format!("frameworks/{}.toml", id.to_lowercase()));
        if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Err(shell.refuse(&diagnostics, "mend these and try again"));
        }
        let found = all.into_iter().find(|(framework, _)| framework.id.as_str().eq_ignore_ascii_case(id));
        let Some((framework, own)) = found else {
            let known = library::all(&folder);
            let ids = || known.iter().map(|(framework, _)| framework.id.as_str());
            let hint = match values::nearest(id, ids()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}", ids().collect::<Vec<_>>().join(", ")),
            };
            return Err(ValueError::new(format!("there is no framework `{id}`"), &hint).into());
        };
        let document = document_of_one(&framework, own, shell.today);
        shell
            .write(&ShownFramework { schema: "phase/framework/1", own, framework: &framework }, &document)?;
        Ok(Outcome::Answered)
    }
}
