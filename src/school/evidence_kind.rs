//! The kinds of evidence.

fixed_words! {
    /// A kind of evidence.
    pub enum EvidenceKind {
        Books = "books" | "book" | "book-look" | "book-scrutiny" | "book-trawl" | "work-scrutiny"
            | "work-sample" | "pupils-work" | "work" => "pupils' work",
        /// Teachers' records of planning and assessment.
        Records = "records" | "record" | "records-scrutiny" | "record-scrutiny" | "teachers-records"
            | "assessment-records" | "mark-book" => "teachers' records",
        Lessons = "lessons" | "lesson" | "lesson-visit" | "lesson-visits" | "lesson-observation"
            | "observation" | "learning-walk" | "drop-in" => "lesson visits",
        /// Talk with, or surveys of, pupils.
        PupilVoice = "pupil-voice" | "voice" | "pupil-interview" | "pupil-conversation" | "pupil-survey"
            => "pupil voice",
        Conversation = "conversation" | "learning-conversation" | "leadership-conversation"
            | "staff-conversation" | "pupil-progress-meeting" => "conversation",
        Planning = "planning" | "plans" | "plan" | "planning-scrutiny" | "medium-term-plan",
        Environment = "environment" | "learning-environment" | "classroom" | "display",
        Data = "data" | "results" | "assessment-data" | "test-results" => "results",
    }
}
