//! From a test to all of its specifications.

use suasion_actors::TimeUnit;
use suasion_methods::specification_curve::questions::Scale;
use suasion_panel::{Codes, Measure, Needs, Standing};

use super::decision::{Pooling, Setting};
use super::panels::Panels;
use super::specification::Specification;
use crate::claim::{Series, Test};
use crate::study::Allowed;

/// All choices that a test leaves open, as far as the study allows them.
pub(super) fn specifications(test: &Test, panels: &Panels<'_>, allowed: &Allowed) -> Vec<Specification> {
    let mut all = Vec::new();
    let series = test.series();
    let Some(main) = series.first() else { return all };
    for measure in &main.measures {
        let mut sources = panels.sources_of(measure).to_vec();
        if sources.is_empty() {
            // One specification that says what is lacking.
            sources.push(String::new());
        }
        for source in sources {
            let curated = panels.is_curated(&source);
            // Whoever names measures has chosen them; a concept brings all of its own.
            let standing = if main.concept.is_some() { measure.standing } else { Standing::Equivalent };
            let mut choices = vec![vec![Setting::Measure(measure, standing)]];
            choices.extend(impulses(test));
            choices.push(vec![Setting::Source(source)]);
            choices.extend(of_conduct(measure, main, curated));
            choices.extend(of_windows());
            choices.extend(of_dyads(test, &series));
            choices.extend(of_estimator(test));
            for options in &mut choices {
                options.retain(|setting| allowed.allows(setting.decision().name(), &setting.option()));
            }
            product(&choices, &mut all);
        }
    }
    all
}

/// Every combination of one option of each decision, the first options first.
fn product(choices: &[Vec<Setting>], all: &mut Vec<Specification>) {
    let total: usize = choices.iter().map(Vec::len).product();
    for number in 0..total {
        let mut rest = number;
        let mut settings: Vec<Setting> = choices
            .iter()
            .rev()
            .map(|options| {
                let setting = options[rest % options.len()].clone();
                rest /= options.len();
                setting
            })
            .collect();
        settings.reverse();
        all.push(Specification::new(settings));
    }
}

fn impulses(test: &Test) -> Option<Vec<Setting>> {
    match test {
        Test::Response { impulse, .. } => {
            Some(impulse.measures.iter().map(|measure| Setting::Impulse(measure)).collect())
        }
        _ => None,
    }
}

/// Which acts count and the length of a step: single acts make sparse months.
fn of_conduct(measure: &Measure, series: &Series, curated: bool) -> Vec<Vec<Setting>> {
    let mut choices = Vec::new();
    if measure.needs == Needs::Events {
        choices.push(vec![Setting::Codes(Codes::All), Setting::Codes(Codes::WithoutStatements)]);
    }
    let steps = match (series.step, measure.needs) {
        (Some(unit), _) => vec![unit],
        (None, Needs::Events) if !curated => vec![TimeUnit::Year, TimeUnit::Quarter, TimeUnit::Month],
        (None, Needs::Events) => vec![TimeUnit::Year, TimeUnit::Quarter],
        // Ties are read on the last day of a step: shorter ones repeat the same spells.
        (None, _) => vec![TimeUnit::Year],
    };
    choices.push(steps.into_iter().map(Setting::Step).collect());
    choices
}

fn of_windows() -> Vec<Vec<Setting>> {
    vec![vec![Setting::Trimmed(false), Setting::Trimmed(true)]]
}

/// How several dyads become one series, where there are several.
fn of_dyads(test: &Test, series: &[&Series]) -> Vec<Vec<Setting>> {
    let several = series.iter().any(|one| one.of.dyads().len() > 1);
    let by_dyad = matches!(test, Test::Association { .. } | Test::Response { .. } | Test::Initiative { .. });
    if !several || by_dyad {
        return Vec::new();
    }
    // Levels are compared as they are: standardised, they would all be nought.
    let levels = matches!(test, Test::Level { .. } | Test::Order { .. });
    let mut pooling = vec![Setting::Pooling(Pooling::Mean), Setting::Pooling(Pooling::Median)];
    if !levels {
        pooling.push(Setting::Pooling(Pooling::Standardised));
    }
    vec![pooling, vec![Setting::Complete(false), Setting::Complete(true)]]
}

fn of_estimator(test: &Test) -> Vec<Vec<Setting>> {
    let scale = || vec![Setting::Scale(Scale::Values), Setting::Scale(Scale::Ranks)];
    let given = |what: &'static str, standing| {
        vec![Setting::Given(false, "", Standing::Equivalent), Setting::Given(true, what, standing)]
    };
    match test {
        Test::Level { .. } | Test::Order { .. } | Test::Trend { .. } => vec![scale()],
        Test::Change { .. } => vec![scale(), given("a straight trend", Standing::NotEquivalent)],
        Test::Association { .. } => vec![
            scale(),
            given("a straight trend", Standing::Uncertain),
            vec![Setting::Lag(0), Setting::Lag(1)],
        ],
        Test::Response { .. } => vec![
            scale(),
            given("the rivals' acts", Standing::Equivalent),
            vec![Setting::Horizon(1), Setting::Horizon(2), Setting::Horizon(4)],
        ],
        Test::Initiative { .. } => {
            vec![vec![Setting::Horizon(4), Setting::Horizon(8)], vec![Setting::Order(1), Setting::Order(2)]]
        }
        _ => Vec::new(),
    }
}
