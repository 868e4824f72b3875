//! The 0-1 model and what solves it: a plan at once by search, the proof by branch and bound.
//! It knows rows and columns, not the school's words.

use std::fmt::Write;

use microlp::{
    ComparisonOp, OptimizationDirection, Problem, SolveOptions, SolveOutcome, TerminationReason, Variable,
};

/// How many nodes the proof may take; a budget in steps, so that the same files give the same plan.
const NODES: u64 = 20_000;

/// A number of things as the model counts.
pub(crate) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A column.
#[derive(Clone, Debug)]
pub struct ModelColumn {
    /// A readable name without spaces.
    pub name: String,
    /// What a unit of it costs.
    pub cost: i64,
    /// The most it may be; the least is 0.
    pub most: u32,
}

/// How a row's sum may stand to its right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowSense {
    /// At most.
    AtMost,
    /// Exactly; what is missing is made up by the row's slack columns, cheapest first.
    Exactly,
}

/// A row: a sum of columns, at most or exactly a number.
#[derive(Clone, Debug)]
pub struct ModelRow {
    /// A readable name without spaces.
    pub name: String,
    /// The columns chosen between, with their coefficients.
    pub terms: Vec<(usize, i64)>,
    /// How the sum may stand to `right`.
    pub sense: RowSense,
    pub right: i64,
    /// The columns that make up for what is missing (`Exactly`, one each, cheapest first) or take
    /// what is over (`AtMost`, one at most). Without one the row is hard.
    pub slack: Vec<usize>,
}

/// A model: the least cost is sought.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub columns: Vec<ModelColumn>,
    pub rows: Vec<ModelRow>,
}

/// What solving came to.
#[derive(Clone, Debug)]
pub struct Solution {
    /// The value of each column.
    pub values: Vec<i64>,
    pub cost: i64,
    /// No plan costs less than this.
    pub bound: i64,
}

impl Solution {
    /// Whether nothing can be better.
    pub fn is_proven(&self) -> bool {
        self.bound >= self.cost
    }
}

impl Model {
    /// Adds a column and returns its index.
    pub fn column(&mut self, name: String, cost: i64, most: u32) -> usize {
        self.columns.push(ModelColumn { name, cost, most });
        self.columns.len() - 1
    }

    /// Adds a hard row: the sum is at most `right`.
    pub fn at_most(&mut self, name: String, terms: Vec<(usize, i64)>, right: i64) {
        self.rows.push(ModelRow { name, terms, sense: RowSense::AtMost, right, slack: Vec::new() });
    }

    /// Adds a soft row: what the sum is over `right` costs `weight` each.
    pub fn rather_at_most(
        &mut self,
        name: String,
        terms: Vec<(usize, i64)>,
        right: i64,
        weight: i64,
    ) -> Option<usize> {
        let highest: i64 = terms.iter().map(|(_, factor)| (*factor).max(0)).sum();
        if weight == 0 || highest <= right {
            return None;
        }
        let most = u32::try_from(highest - right).unwrap_or(u32::MAX);
        let over = self.column(format!("over_{name}"), weight, most);
        self.rows.push(ModelRow { name, terms, sense: RowSense::AtMost, right, slack: vec![over] });
        Some(over)
    }

    /// The model in free MPS, as any solver reads it.
    pub fn mps(&self, name: &str) -> String {
        let mut text = format!("NAME {name}\nROWS\n N cost\n");
        for row in &self.rows {
            let sign = if row.sense == RowSense::Exactly { 'E' } else { 'L' };
            let _ = writeln!(text, " {sign} {}", row.name);
        }
        text.push_str("COLUMNS\n MARKER 'MARKER' 'INTORG'\n");
        let mut entries: Vec<Vec<(&str, i64)>> = vec![Vec::new(); self.columns.len()];
        for row in &self.rows {
            for (column, factor) in self.entries(row) {
                if let Some(list) = entries.get_mut(column) {
                    list.push((&row.name, factor));
                }
            }
        }
        for (column, list) in self.columns.iter().zip(&entries) {
            let _ = writeln!(text, " {} cost {}", column.name, column.cost);
            for (row, factor) in list {
                let _ = writeln!(text, " {} {row} {factor}", column.name);
            }
        }
        text.push_str(" MARKER 'MARKER' 'INTEND'\nRHS\n");
        for row in self.rows.iter().filter(|row| row.right != 0) {
            let _ = writeln!(text, " RHS {} {}", row.name, row.right);
        }
        text.push_str("BOUNDS\n");
        for column in &self.columns {
            let _ = writeln!(text, " UP BOUND {} {}", column.name, column.most);
        }
        text.push_str("ENDATA\n");
        text
    }

    /// The row's columns with their factors, its slack included.
    fn entries<'a>(&self, row: &'a ModelRow) -> impl Iterator<Item = (usize, i64)> + 'a {
        let sign = if row.sense == RowSense::Exactly { 1 } else { -1 };
        row.terms.iter().copied().chain(row.slack.iter().map(move |column| (*column, sign)))
    }

    fn cost_of(&self, column: usize) -> i64 {
        self.columns.get(column).map_or(0, |column| column.cost)
    }

    /// What a row costs at a sum of its terms; none where it may not be.
    fn row_cost(&self, row: &ModelRow, sum: i64) -> Option<i64> {
        match row.sense {
            RowSense::AtMost if sum <= row.right => Some(0),
            RowSense::AtMost => row.slack.first().map(|over| self.cost_of(*over) * (sum - row.right)),
            RowSense::Exactly => {
                let missing =
                    usize::try_from(row.right - sum).ok().filter(|missing| *missing <= row.slack.len())?;
                Some(row.slack.iter().take(missing).map(|short| self.cost_of(*short)).sum())
            }
        }
    }

    /// Fills in the slack for chosen terms, and returns the cost; none where a row is broken.
    pub fn complete(&self, chosen: &[i64]) -> Option<(Vec<i64>, i64)> {
        let mut values = chosen.to_vec();
        values.resize(self.columns.len(), 0);
        for row in &self.rows {
            let sum = row
                .terms
                .iter()
                .map(|(column, factor)| factor * values.get(*column).copied().unwrap_or(0))
                .sum();
            self.row_cost(row, sum)?;
            let mut set = |column: Option<&usize>, value| {
                if let Some(slot) = column.and_then(|column| values.get_mut(*column)) {
                    *slot = value;
                }
            };
            match row.sense {
                RowSense::AtMost => set(row.slack.first(), (sum - row.right).max(0)),
                RowSense::Exactly => {
                    let missing = usize::try_from(row.right - sum).unwrap_or(0);
                    for (index, column) in row.slack.iter().enumerate() {
                        set(Some(column), i64::from(index < missing));
                    }
                }
            }
        }
        let cost = values.iter().zip(&self.columns).map(|(value, column)| value * column.cost).sum();
        Some((values, cost))
    }
}

/// Solves a model in which taking nothing is allowed.
pub fn solve(model: &Model) -> Solution {
    let (values, cost) = model.complete(&GreedySearch::run(model)).unwrap_or_default();
    let mut best = Solution { values, cost, bound: 0 };
    if best.cost == 0 {
        return best;
    }
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let columns: Vec<Variable> = model
        .columns
        .iter()
        .map(|column| match column.most {
            1 => problem.add_binary_var(column.cost as f64),
            most => problem.add_integer_var(column.cost as f64, (0, i32::try_from(most).unwrap_or(i32::MAX))),
        })
        .collect();
    for row in &model.rows {
        let terms: Vec<(Variable, f64)> = model
            .entries(row)
            .filter_map(|(column, factor)| Some((*columns.get(column)?, factor as f64)))
            .collect();
        let sense = if row.sense == RowSense::Exactly { ComparisonOp::Eq } else { ComparisonOp::Le };
        problem.add_constraint(terms.as_slice(), sense, row.right as f64);
    }
    let start = columns.iter().copied().zip(best.values.iter().map(|value| *value as f64)).collect();
    let mut options = SolveOptions::default();
    options.node_limit = Some(NODES);
    // Costs are whole numbers: what is within less than one of the best is the best.
    options.mip_gap = 0.99 / best.cost as f64;
    options.warm_start = Some(start);
    let Ok(SolveOutcome::Solution(solution)) = problem.solve_with(options) else { return best };
    let found: Vec<i64> = columns.iter().map(|column| solution.var_value(*column).round() as i64).collect();
    if let Some((values, cost)) = model.complete(&found)
        && cost < best.cost
    {
        best = Solution { values, cost, bound: 0 };
    }
    best.bound = match solution.termination_reason() {
        TerminationReason::ProvenOptimal => solution.objective().round() as i64,
        _ => (solution.stats().best_bound.unwrap_or(0.0) - 1e-6).ceil() as i64,
    };
    best.bound = best.bound.clamp(0, best.cost);
    best
}

/// A plan at once: the cheapest choice after the other, then single exchanges until none helps.
struct GreedySearch<'m> {
    model: &'m Model,
    /// The rows that each column stands in as a term.
    rows_of: Vec<Vec<(usize, i64)>>,
    sums: Vec<i64>,
    chosen: Vec<i64>,
}

impl<'m> GreedySearch<'m> {
    fn run(model: &'m Model) -> Vec<i64> {
        let mut rows_of = vec![Vec::new(); model.columns.len()];
        for (index, row) in model.rows.iter().enumerate() {
            for (column, factor) in &row.terms {
                if let Some(list) = rows_of.get_mut(*column) {
                    list.push((index, *factor));
                }
            }
        }
        let mut search =
            Self { model, rows_of, sums: vec![0; model.rows.len()], chosen: vec![0; model.columns.len()] };
        search.fill();
        for _ in 0..50 {
            if !search.exchange() {
                break;
            }
        }
        search.chosen
    }

    fn is_chosen(&self, column: usize) -> bool {
        self.chosen.get(column).is_some_and(|value| *value > 0)
    }

    /// What changing a column by `by` costs; none where a row would break.
    fn price(&self, column: usize, by: i64) -> Option<i64> {
        let mut price = by * self.model.cost_of(column);
        for (row, factor) in self.rows_of.get(column)? {
            let (sum, row) = (self.sums.get(*row)?, self.model.rows.get(*row)?);
            price +=
                self.model.row_cost(row, sum + by * factor)? - self.model.row_cost(row, *sum).unwrap_or(0);
        }
        Some(price)
    }

    fn set(&mut self, column: usize, by: i64) {
        if let Some(value) = self.chosen.get_mut(column) {
            *value += by;
        }
        for (row, factor) in self.rows_of.get(column).into_iter().flatten() {
            if let Some(sum) = self.sums.get_mut(*row) {
                *sum += by * factor;
            }
        }
    }

    /// The columns that can be chosen: those that stand in a row of demand.
    fn choices(&self) -> Vec<usize> {
        let demands = self.model.rows.iter().filter(|row| row.sense == RowSense::Exactly);
        demands.flat_map(|row| row.terms.iter().map(|(column, _)| *column)).collect()
    }

    fn fill(&mut self) {
        let choices = self.choices();
        loop {
            let open = choices.iter().filter(|column| !self.is_chosen(**column));
            let best = open.filter_map(|column| Some((self.price(*column, 1)?, *column))).min();
            match best {
                Some((price, column)) if price < 0 => self.set(column, 1),
                _ => return,
            }
        }
    }

    /// Takes one choice back and fills again; keeps what is cheaper.
    fn exchange(&mut self) -> bool {
        let choices = self.choices();
        let taken: Vec<usize> = choices.iter().copied().filter(|column| self.is_chosen(*column)).collect();
        for column in taken {
            let Some(back) = self.price(column, -1) else { continue };
            self.set(column, -1);
            let open = choices.iter().filter(|other| **other != column && !self.is_chosen(**other));
            match open.filter_map(|other| Some((self.price(*other, 1)?, *other))).min() {
                Some((price, other)) if back + price < 0 => {
                    self.set(other, 1);
                    self.fill();
                    return true;
                }
                _ => self.set(column, 1),
            }
        }
        false
    }
}
