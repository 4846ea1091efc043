//! Weights of influence capacity, as a study file names them.

use serde::Deserialize;
use suasion_archive::Problem;
use suasion_methods::composite::CapacityWeights;
use toml::Spanned;

use super::file::Source;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawCapacity {
    bandwidth: Option<Spanned<RawBandwidth>>,
    dependence: Option<Spanned<RawDependence>>,
}

/// A part that is not named weighs nothing.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawBandwidth {
    trade: f64,
    organisations: f64,
    obligation: f64,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawDependence {
    trade: f64,
    arms: f64,
}

pub(super) fn weights(source: &Source<'_>, raw: &RawCapacity) -> Result<CapacityWeights, Problem> {
    let bandwidth = raw.bandwidth.as_ref().map_or([1.0; 3], |written| {
        let of = written.get_ref();
        [of.trade, of.organisations, of.obligation]
    });
    let dependence = raw.dependence.as_ref().map_or([1.0; 2], |written| {
        let of = written.get_ref();
        [of.trade, of.arms]
    });
    let refused =
        |problem: Problem| problem.hint("weights are numbers from 0 up, and one of them is above 0");
    match (&raw.bandwidth, &raw.dependence) {
        (Some(written), _) if CapacityWeights::new(bandwidth, [1.0; 2]).is_none() => {
            Err(refused(source.problem(written, "the weights of bandwidth cannot be used")))
        }
        (_, Some(written)) if CapacityWeights::new([1.0; 3], dependence).is_none() => {
            Err(refused(source.problem(written, "the weights of dependence cannot be used")))
        }
        _ => Ok(CapacityWeights::new(bandwidth, dependence).unwrap_or_default()),
    }
}
