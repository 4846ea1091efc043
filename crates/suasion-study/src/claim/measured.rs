//! Claims about measures: the verdict over all specifications, in a sentence.

use suasion_methods::Estimate;

use super::reading::plain_reading;
use super::{Evidence, Test, TestOutcome};
use crate::multiverse::{Curve, Unable};
use crate::verdict::{Finding, Verdict};
use crate::wording::{number, p_value, uncapitalised};

pub(super) fn test(test: &Test, evidence: &Evidence<'_>) -> TestOutcome {
    let outcome = evidence.multiverse.run(test);
    let curve = match outcome.curve {
        Ok(curve) => curve,
        Err(unable) => return TestOutcome::without_curve(Verdict::Untestable(why_not(&unable))),
    };
    // One measure is read where the curve may have many.
    let word = curve.word(&evidence.study.thresholds);
    let reading =
        plain_reading(test, evidence, &curve.measures()).map(|reading| match curve.measures().len() {
            0 | 1 => reading,
            _ if test.is_looked_for() => reading,
            _ => format!("For example: {}", uncapitalised(&reading)),
        });
    let sentence = [reading, Some(sentence(&curve, word)), flipping(&curve)];
    let finding = Finding {
        sentence: sentence.into_iter().flatten().collect::<Vec<_>>().join(" "),
        estimate: Some(estimate(&curve, test)),
        rows: outcome.rows,
    };
    let verdict = match word {
        "supported" => Verdict::Supported(finding),
        "contradicted" => Verdict::Contradicted(finding),
        _ => Verdict::Mixed(finding),
    };
    TestOutcome { verdict, curve: Some(Box::new(curve)) }
}

/// The most frequent reason.
fn why_not(unable: &[Unable]) -> String {
    let count = |reason: &str| unable.iter().filter(|other| other.reason == reason).count();
    let most = unable
        .iter()
        .max_by(|a, b| count(&a.reason).cmp(&count(&b.reason)).then_with(|| b.reason.cmp(&a.reason)));
    match most {
        Some(most) if unable.len() == 1 => format!("Not tested: {}.", most.reason),
        Some(most) => format!("None of {} specifications could run: {}.", unable.len(), most.reason),
        None => "Not tested: the study allows no specification.".to_owned(),
    }
}

/// The curve in a sentence, naming its data: the probability is of as much in the direction of the
/// verdict.
fn sentence(curve: &Curve, word: &str) -> String {
    let joint = &curve.joint;
    let sources = curve.sources().join(", ");
    let measures = match curve.measures().len() {
        0 | 1 => String::new(),
        several => format!(" of {several} measures"),
    };
    let lacking = match curve.unable.len() {
        0 => String::new(),
        count => format!("; {count} could not run"),
    };
    format!(
        "{:.0} % of {} specifications{measures} have the claimed sign, {:.0} % are significant; median effect {} standard deviations, joint {} (data: {sources}{lacking}).",
        100.0 * joint.signs.claimed_sign,
        joint.specifications,
        100.0 * joint.share.value,
        number(joint.signs.median.value),
        match word {
            "contradicted" => format!("{} the other way", p_value(joint.signs.median.against)),
            _ => p_value(joint.signs.median.toward),
        },
    )
}

/// The decision on which the verdict hangs.
fn flipping(curve: &Curve) -> Option<String> {
    let decision = curve.flipping()?;
    let options: Vec<String> =
        decision.options.iter().map(|option| format!("{} for {}", option.verdict, option.label)).collect();
    Some(format!(
        "It hangs on {} ({:.0} % of the variance): {}.",
        decision.decision.question(),
        100.0 * decision.share,
        options.join(", "),
    ))
}

fn estimate(curve: &Curve, test: &Test) -> Estimate {
    let joint = &curve.joint;
    let n = curve.points.iter().map(|point| point.n).max().unwrap_or(0);
    let estimate =
        Estimate::point(joint.signs.median.value, n, "median effect over specifications, joint test")
            .with_p_value(joint.signs.median.toward);
    if test.series().iter().any(|series| series.measures.iter().any(|measure| measure.counts_reports)) {
        estimate.with_warning("counts what the source reports")
    } else {
        estimate
    }
}
