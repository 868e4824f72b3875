//! The roles of a marksheet's columns, by their headings.

/// What stands above columns that are no results, its letters put together: the role, and its headings in the
/// common school systems.
pub(crate) const HEADINGS: &[(&str, &[&str])] = &[
    (
        "code",
        &[
            "pupil",
            "code",
            "pupilcode",
            "pupilid",
            "localid",
            "studentid",
            "misid",
            "adno",
            "admissionno",
            "admissionnumber",
        ],
    ),
    ("upn", &["upn", "uniquepupilnumber"]),
    (
        "name",
        &[
            "name",
            "fullname",
            "pupilname",
            "studentname",
            "legalname",
            "preferredname",
            "child",
            "student",
            "childname",
        ],
    ),
    (
        "forename",
        &[
            "forename",
            "firstname",
            "givenname",
            "legalforename",
            "preferredforename",
            "legalfirstname",
            "preferredfirstname",
        ],
    ),
    (
        "surname",
        &[
            "surname",
            "lastname",
            "familyname",
            "legalsurname",
            "preferredsurname",
            "legallastname",
            "preferredlastname",
        ],
    ),
    ("birth", &["dob", "dateofbirth", "birthdate"]),
    (
        "class",
        &[
            "class",
            "reg",
            "reggroup",
            "registrationgroup",
            "tutorgroup",
            "form",
            "registrationform",
            "classname",
            "regform",
        ],
    ),
    ("year_group", &["year", "yeargroup", "ncyear", "yr", "curriculumyear", "nationalcurriculumyear"]),
    ("joined", &["joined", "dateofadmission", "admissiondate", "doa", "startdate"]),
    ("left", &["left", "dateofleaving", "leavingdate", "dol", "enddate"]),
    ("sex", &["sex", "gender"]),
    (
        "disadvantaged",
        &[
            "disadvantaged",
            "pupilpremium",
            "pp",
            "ppindicator",
            "pupilpremiumindicator",
            "pupilpremiumeligible",
            "ppeligible",
        ],
    ),
    ("fsm", &["fsm", "freeschoolmeals", "eligibleforfreeschoolmeals", "fsmeligible", "eligibleforfsm"]),
    ("send", &["send", "sen", "senstatus", "sendstatus", "senneedstatus", "senprovision"]),
    ("eal", &["eal", "englishasanadditionallanguage", "englishadditionallanguage"]),
    ("looked_after", &["lookedafter", "lac", "incare", "lookedafterchild", "cla"]),
    ("birth_term", &["birthterm", "termofbirth"]),
    ("prior_attainment", &["priorattainment", "priorattainmentgroup", "ks1priorattainment", "pag"]),
    ("subject", &["subject", "aspect", "aspectname", "assessment", "assessmentname"]),
    (
        "point",
        &[
            "point",
            "resultset",
            "resultsetname",
            "term",
            "assessmentpoint",
            "assessmentperiod",
            "datapoint",
            "resultdate",
            "date",
        ],
    ),
    ("result", &["result", "grade", "value", "outcome", "judgement", "mark"]),
    ("kind", &["kind", "resulttype", "assessmenttype"]),
    ("scale", &["scale"]),
    ("strand", &["strand", "component"]),
];

pub(crate) fn letters(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The role of a column that holds no results of its own.
pub fn role(heading: &str) -> Option<&'static str> {
    let written = letters(heading);
    HEADINGS.iter().find(|(_, all)| all.contains(&written.as_str())).map(|(role, _)| *role)
}
