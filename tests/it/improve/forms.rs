//! Pages of questions to think and talk by.

use serde_json::json;

use crate::program::{answer, run};
use crate::workspace::root;

/// O13, O16, O29, K5, R7, R20, R31: pages to think and talk by.
#[test]
fn pages_of_questions_ask_and_grade_nobody() {
    let template = root().join("data-template");
    for (form, asks) in [
        ("audit", "The sample"),
        ("role-audit", "Lesson visits, twice each half term"),
        ("policy-review", "What effect was it meant to have"),
        ("leadership-conversation", "What direction do we agree"),
        ("moderation-meeting", "written before talking"),
        ("question-sheet", "reach by the end of the year"),
    ] {
        let found = answer(&template, &["form", form]);
        assert_eq!((&found["schema"], &found["form"]), (&json!("phase/page-form/1"), &json!(form)));
        let asked = found["asked"].as_array().unwrap();
        assert!(asked.iter().any(|asked| asked.as_str().unwrap().contains(asks)), "{form}: {asked:?}");
        let (code, out, _) = run(&template, &["form", form]);
        assert!(code == 0 && out.contains("nobody is graded"), "{out}");
    }
}
