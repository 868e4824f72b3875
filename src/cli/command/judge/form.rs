//! `phase form`: a form to take along or to fill in.

use anyhow::{Context, Result};

use crate::cli::arguments;
use crate::cli::shell::{CommandArgs, FilesNeeded, Outcome, Shell};
use crate::plan::schedule_form::handing_in;
use crate::school::EvidenceKind;
use crate::view::judge::discussion_form::DiscussionPage;
use crate::{judge, view};

/// Makes a form to take along, or for subject leaders to plan on
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The form: schedule, books, records, lessons, pupil-voice, conversation, planning, environment, data; or policy-review, audit, role-audit, leadership-conversation, moderation-meeting, question-sheet
    #[arg(hide_possible_values = true)]
    form: FormChoice,
    /// The half term of a schedule: 1 to 6, or autumn-1 to summer-2 (default: the next)
    #[arg(long, value_name = "N")]
    pub(crate) half_term: Option<String>,
    /// The subject it is for (default: any, or the phase as a whole)
    #[arg(long, short, value_name = "SUBJECT")]
    pub(crate) subject: Option<String>,
}

/// The forms; with -o FILE.xlsx a workbook to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FormChoice {
    /// For subject leaders to plan their five task areas on
    Schedule,
    /// Pupils' work
    Books,
    /// Teachers' records
    Records,
    /// Visits to lessons
    Lessons,
    /// Talk with pupils
    PupilVoice,
    /// Talk with staff
    Conversation,
    /// Plans
    Planning,
    /// Classrooms and displays
    Environment,
    /// Results
    Data,
    /// Whether a policy works
    PolicyReview,
    /// An audit of one area of progress
    Audit,
    /// An audit of the phase leader's role as it stands
    RoleAudit,
    /// A senior leader with a subject or phase leader
    LeadershipConversation,
    /// Teachers who look at the same work together
    ModerationMeeting,
    /// What teachers know of the targets
    QuestionSheet,
}

impl FormChoice {
    /// The kind of evidence that it is for.
    fn kind(self) -> Option<EvidenceKind> {
        match self {
            FormChoice::Books => Some(EvidenceKind::Books),
            FormChoice::Records => Some(EvidenceKind::Records),
            FormChoice::Lessons => Some(EvidenceKind::Lessons),
            FormChoice::PupilVoice => Some(EvidenceKind::PupilVoice),
            FormChoice::Conversation => Some(EvidenceKind::Conversation),
            FormChoice::Planning => Some(EvidenceKind::Planning),
            FormChoice::Environment => Some(EvidenceKind::Environment),
            FormChoice::Data => Some(EvidenceKind::Data),
            _ => None,
        }
    }

    /// The page of questions that it is.
    fn page(self) -> Option<DiscussionPage> {
        match self {
            FormChoice::PolicyReview => Some(DiscussionPage::PolicyReview),
            FormChoice::Audit => Some(DiscussionPage::Audit),
            FormChoice::RoleAudit => Some(DiscussionPage::RoleAudit),
            FormChoice::LeadershipConversation => Some(DiscussionPage::LeadershipConversation),
            FormChoice::ModerationMeeting => Some(DiscussionPage::ModerationMeeting),
            FormChoice::QuestionSheet => Some(DiscussionPage::QuestionSheet),
            _ => None,
        }
    }
}

impl CommandArgs for Args {
    fn run(&self, shell: &Shell) -> Result<Outcome> {
        if self.form == FormChoice::Schedule {
            return schedule(self, shell);
        }
        let school = &shell.load(|_| Ok(FilesNeeded::SetUp))?;
        let phase = arguments::phase_meant(school, shell)?;
        let subject = self.subject.as_deref().filter(|text| !text.eq_ignore_ascii_case("phase"));
        let subject = subject.map(|text| arguments::subject(school, text)).transpose()?;
        if let Some(kind) = self.form.kind() {
            let form = judge::evidence_form::form(school, phase, kind, subject.as_ref(), shell.today)
                .context("the framework cannot be read")?;
            shell.write(&form, &view::judge::evidence_form::document(school, &form))?;
        } else if let Some(page) = self.form.page() {
            let subject = subject.as_ref().map(|subject| school.subject_name(subject));
            let form = view::judge::discussion_form::form(page, &phase.name, subject, shell.today);
            shell.write(&form, &view::judge::discussion_form::document(&form))?;
        }
        Ok(Outcome::Answered)
    }
}

fn schedule(args: &Args, shell: &Shell) -> Result<Outcome> {
    let (ref school, number) = arguments::load_for(shell, args.half_term.as_deref(), false)?;
    let half_term = school.set_up.calendar.half_term(number).context("the half term has no dates")?;
    let subject = args.subject.as_deref().map(|text| arguments::subject(school, text)).transpose()?;
    let phase = arguments::phase_meant(school, shell)?;
    let form = handing_in(school, phase, half_term, subject.as_ref(), shell.today);
    shell.write(&form, &view::plan::schedule_form::document(school, &form))?;
    Ok(Outcome::Answered)
}
