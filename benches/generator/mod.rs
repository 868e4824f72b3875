//! Lays out schools of varied size from a seed: what is so, as plain data, and the files that say it.
#![allow(
    clippy::indexing_slicing,
    dead_code,
    missing_docs,
    reason = "shared by benches and tests, each of which uses a part"
)]

use std::collections::BTreeMap;
use std::fmt::Write;

/// The same numbers from the same seed, on every machine.
pub struct Dice(u64);

impl Dice {
    /// Dice for a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// True in so many cases of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// How large a school is, and how tight.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub weeks: usize,
    pub periods: usize,
    pub phase_classes: usize,
    pub other_classes: usize,
    pub subjects: usize,
    /// The phase leader's programmed sessions a week.
    pub programmed: usize,
    /// In percent: leaders who are shut at a programmed session.
    pub shut: usize,
    /// In percent: subjects that have handed a schedule in.
    pub handed_in: usize,
    /// In percent: handed-in sessions that may not be moved.
    pub fixed: usize,
    /// Whether the timetable is known.
    pub timetable: bool,
    pub visits_limit: Option<usize>,
    pub releases_limit: Option<usize>,
    /// Task areas 1, 2 and 3.
    pub card: [usize; 3],
}

impl Shape {
    /// A school of a size that varies with the seed.
    pub fn varied(seed: u64) -> Self {
        let mut dice = Dice::new(seed ^ 0xa5a5);
        Self {
            weeks: 5 + dice.below(3),
            periods: 4 + dice.below(3),
            phase_classes: 2 + dice.below(5),
            other_classes: dice.below(11),
            subjects: 6 + dice.below(20),
            programmed: 1 + dice.below(4),
            shut: dice.below(60),
            handed_in: 20 + dice.below(81),
            fixed: dice.below(30),
            timetable: dice.chance(70),
            visits_limit: dice.chance(50).then(|| 1 + dice.below(3)),
            releases_limit: dice.chance(50).then(|| 1 + dice.below(3)),
            card: [1 + dice.below(2), 1 + dice.below(2), 2 + dice.below(3)],
        }
    }

    /// A school small enough to try every schedule.
    pub fn tiny(seed: u64) -> Self {
        let mut dice = Dice::new(seed ^ 0x5a5a);
        Self {
            weeks: 2 + dice.below(3),
            periods: 3,
            phase_classes: 1 + dice.below(2),
            other_classes: dice.below(2),
            subjects: 2 + dice.below(2),
            programmed: 1 + usize::from(dice.chance(20)),
            shut: 20 + dice.below(60),
            handed_in: 60,
            fixed: 40,
            timetable: dice.chance(60),
            visits_limit: dice.chance(40).then_some(1),
            releases_limit: dice.chance(40).then(|| dice.below(2)),
            card: [1, dice.below(2), 1],
        }
    }
}

/// A handed-in session, as data.
#[derive(Clone, Debug)]
pub struct HandedIn {
    pub subject: usize,
    /// 1 to 5.
    pub task: usize,
    pub week: usize,
    pub day: usize,
    pub period: usize,
    pub class: Option<usize>,
    pub fixed: bool,
}

/// A school as plain data: people, classes and subjects are numbers.
#[derive(Clone, Debug)]
pub struct Spec {
    pub shape: Shape,
    /// Days each person works.
    pub days: Vec<[bool; 5]>,
    /// (person, day, period): ppa, ect-time, busy or released, every week.
    pub weekly: BTreeMap<(usize, usize, usize), &'static str>,
    /// (person, week, day): off.
    pub off: Vec<(usize, usize, usize)>,
    /// The teacher of each class; the phase's classes come first.
    pub teacher: Vec<usize>,
    /// (class, day, period): the subject taught.
    pub timetable: BTreeMap<(usize, usize, usize), usize>,
    /// The leader of each subject.
    pub leader: Vec<usize>,
    pub phase_leader: usize,
    /// (day, period) of the programmed sessions.
    pub programmed: Vec<(usize, usize)>,
    /// (week, day) without school.
    pub closed: Vec<(usize, usize)>,
    pub handed_in: Vec<HandedIn>,
}

const DAYS: [&str; 5] = ["Mon", "Tue", "Wed", "Thu", "Fri"];

/// The Monday of a week of the half term, which begins on 4 January 2027.
pub fn date(week: usize, day: usize) -> String {
    let number = 4 + week * 7 + day;
    if number <= 31 { format!("2027-01-{number:02}") } else { format!("2027-02-{:02}", number - 31) }
}

/// When a period begins and ends.
pub fn hours(period: usize) -> (String, String) {
    (format!("{:02}:00", 9 + period), format!("{:02}:50", 9 + period))
}

impl Spec {
    /// The school of a shape and seed.
    pub fn new(shape: Shape, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let classes = shape.phase_classes + shape.other_classes;
        // People: one a class, and a few without.
        let people = classes + 2;
        let days = (0..people)
            .map(|_| {
                if dice.chance(15) {
                    let from = dice.below(3);
                    std::array::from_fn(|day| (from..from + 3).contains(&day))
                } else {
                    [true; 5]
                }
            })
            .collect::<Vec<_>>();
        let teacher: Vec<usize> = (0..classes).collect();
        let phase_leader = dice.below(shape.phase_classes);
        let mut programmed = Vec::new();
        while programmed.len() < shape.programmed {
            let slot = (dice.below(5), dice.below(shape.periods));
            if !programmed.contains(&slot) {
                programmed.push(slot);
            }
        }
        programmed.sort_unstable();
        let leader = (0..shape.subjects).map(|_| dice.below(people)).collect::<Vec<_>>();
        let mut timetable = BTreeMap::new();
        if shape.timetable {
            for class in 0..classes {
                for day in 0..5 {
                    for period in 0..shape.periods {
                        if dice.chance(85) {
                            timetable.insert((class, day, period), dice.below(shape.subjects));
                        }
                    }
                }
            }
        }
        let mut weekly = BTreeMap::new();
        for person in 0..people {
            for &(day, period) in &programmed {
                if person != phase_leader && dice.chance(shape.shut) {
                    weekly.insert((person, day, period), ["ppa", "busy", "ect-time"][dice.below(3)]);
                }
            }
            let ppa = (person, dice.below(5), dice.below(shape.periods));
            if person != phase_leader || !programmed.contains(&(ppa.1, ppa.2)) {
                weekly.entry(ppa).or_insert("ppa");
            }
            if leader.contains(&person) {
                weekly.entry((person, dice.below(5), dice.below(shape.periods))).or_insert("released");
            }
        }
        let off = (0..dice.below(4))
            .map(|_| (dice.below(people), dice.below(shape.weeks), dice.below(5)))
            .collect();
        let closed = (0..dice.below(3)).map(|_| (dice.below(shape.weeks), dice.below(5))).collect();
        let mut spec = Self {
            shape,
            days,
            weekly,
            off,
            teacher,
            timetable,
            leader,
            phase_leader,
            programmed,
            closed,
            handed_in: Vec::new(),
        };
        spec.hand_in(&mut dice);
        spec
    }

    fn hand_in(&mut self, dice: &mut Dice) {
        let classes = self.teacher.len();
        for subject in 0..self.shape.subjects {
            if !dice.chance(self.shape.handed_in) {
                continue;
            }
            for task in [5, 1, 2, 3, 3, 4] {
                let class = match task {
                    3 => Some(dice.below(classes)),
                    1 if dice.chance(50) => Some(dice.below(classes)),
                    _ => None,
                };
                let session = HandedIn {
                    subject,
                    task,
                    week: dice.below(self.shape.weeks),
                    day: dice.below(5),
                    period: dice.below(self.shape.periods),
                    class,
                    fixed: dice.chance(self.shape.fixed),
                };
                let twin = self.handed_in.iter().any(|other| {
                    (other.subject, other.task, other.week, other.day, other.period, other.class)
                        == (
                            session.subject,
                            session.task,
                            session.week,
                            session.day,
                            session.period,
                            session.class,
                        )
                });
                if !twin {
                    self.handed_in.push(session);
                }
            }
        }
    }

    /// The files that say it; with `turned`, the rows of each in another order.
    pub fn files(&self, turned: bool) -> BTreeMap<String, String> {
        let shape = &self.shape;
        let mut files = BTreeMap::new();
        let mut put = |name: &str, head: &str, mut rows: Vec<String>| {
            if turned {
                rows.reverse();
                let third = rows.len() / 3;
                rows.rotate_left(third);
            }
            files.insert(
                name.to_owned(),
                format!("{head}\n{}", rows.iter().map(|row| format!("{row}\n")).collect::<String>()),
            );
        };
        put(
            "staff.csv",
            "id,name,days",
            (0..self.days.len())
                .map(|person| {
                    let days: Vec<&str> =
                        (0..5).filter(|day| self.days[person][*day]).map(|day| DAYS[day]).collect();
                    format!("t{person:02},Teacher {person},{}", days.join(" "))
                })
                .collect(),
        );
        put(
            "subjects.csv",
            "id,name,leader",
            self.leader
                .iter()
                .enumerate()
                .map(|(subject, leader)| format!("s{subject:02},Subject {subject},t{leader:02}"))
                .collect(),
        );
        put(
            "classes.csv",
            "id,year_group,teacher",
            self.teacher
                .iter()
                .enumerate()
                .map(|(class, teacher)| {
                    format!("c{class:02},{},t{teacher:02}", if class < shape.phase_classes { 1 } else { 4 })
                })
                .collect(),
        );
        if shape.timetable {
            put(
                "timetable.csv",
                "class,weekday,period,subject",
                self.timetable
                    .iter()
                    .map(|((class, day, period), subject)| {
                        format!("c{class:02},{},p{period},s{subject:02}", DAYS[*day])
                    })
                    .collect(),
            );
        }
        let mut rows: Vec<String> = self
            .weekly
            .iter()
            .map(|((person, day, period), status)| format!("t{person:02},{},,p{period},{status}", DAYS[*day]))
            .collect();
        let mut off = self.off.clone();
        off.sort_unstable();
        off.dedup();
        rows.extend(
            off.iter().map(|(person, week, day)| format!("t{person:02},,{},,off", date(*week, *day))),
        );
        put("availability.csv", "staff,weekday,date,period,status", rows);
        put(
            "schedules/ht3/all.csv",
            "subject,task,date,period,classes,fixed",
            self.handed_in
                .iter()
                .map(|session| {
                    let class = session.class.map_or(String::new(), |class| format!("c{class:02}"));
                    let fixed = if session.fixed { "yes" } else { "no" };
                    format!(
                        "s{:02},{},{},p{},{class},{fixed}",
                        session.subject,
                        session.task,
                        date(session.week, session.day),
                        session.period
                    )
                })
                .collect(),
        );
        files.insert("phase.toml".to_owned(), self.phase_toml());
        files.insert("calendar.toml".to_owned(), self.calendar_toml());
        files
    }

    fn phase_toml(&self) -> String {
        let sessions: Vec<String> =
            self.programmed.iter().map(|(day, period)| format!("\"{} p{period}\"", DAYS[*day])).collect();
        let mut text = format!(
            "[school]\nname = \"Seeded\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"t{:02}\"\nyear_groups = [\"1\"]\nsessions = [{}]\n",
            self.phase_leader,
            sessions.join(", ")
        );
        for period in 0..self.shape.periods {
            let (start, end) = hours(period);
            let _ = write!(text, "[[period]]\nid = \"p{period}\"\nstart = \"{start}\"\nend = \"{end}\"\n");
        }
        let [work, records, visits] = self.shape.card;
        let _ = write!(
            text,
            "[job_card.phase-leader]\nwork-scrutiny = {work}\nrecords-scrutiny = {records}\nlesson-visit = {visits}\n[limits]\n"
        );
        if let Some(limit) = self.shape.visits_limit {
            let _ = writeln!(text, "visits_per_teacher_per_half_term = {limit}");
        }
        if let Some(limit) = self.shape.releases_limit {
            let _ = writeln!(text, "releases_per_period = {limit}");
        }
        text
    }

    fn calendar_toml(&self) -> String {
        let mut text = "academic_year = \"2026-27\"\n".to_owned();
        for (number, from, to) in [
            (1, "2026-09-01".to_owned(), "2026-10-23".to_owned()),
            (2, "2026-11-02".to_owned(), "2026-12-18".to_owned()),
            (3, date(0, 0), date(self.shape.weeks - 1, 4)),
            (4, "2027-03-01".to_owned(), "2027-03-25".to_owned()),
            (5, "2027-04-12".to_owned(), "2027-05-28".to_owned()),
            (6, "2027-06-07".to_owned(), "2027-07-21".to_owned()),
        ] {
            let _ = write!(text, "[[half_term]]\nnumber = {number}\nfrom = {from}\nto = {to}\n");
        }
        let mut closed = self.closed.clone();
        closed.sort_unstable();
        closed.dedup();
        for (week, day) in closed {
            let _ = write!(text, "[[closure]]\ndate = {}\nreason = \"closed\"\n", date(week, day));
        }
        text
    }
}
