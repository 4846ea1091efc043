//! Values of the study file set on the command line: `study.period=1992/2013`.

use suasion_archive::{Location, Problem};

/// A key of the study file and the value that replaces its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    path: Vec<String>,
    value: toml::Value,
}

impl std::str::FromStr for Override {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (key, value) = text.split_once('=').ok_or("write KEY=VALUE, such as study.period=1992/2013")?;
        let path: Vec<String> = key.trim().split('.').map(str::to_owned).collect();
        if path.len() < 2 || path.iter().any(String::is_empty) {
            return Err(format!("`{key}` is not a key such as study.period"));
        }
        let value = value.trim();
        // A value that is no TOML is a text: periods and codes need no quotes on the command line.
        let parsed = toml::from_str::<toml::Table>(&format!("value = {value}"))
            .ok()
            .and_then(|mut table| table.remove("value"))
            .unwrap_or_else(|| toml::Value::String(value.to_owned()));
        Ok(Self { path, value: parsed })
    }
}

/// The study file's text with the overrides in place; as it stood if there are none.
pub(super) fn apply(file: &str, text: &str, overrides: &[Override]) -> Result<String, Problem> {
    if overrides.is_empty() {
        return Ok(text.to_owned());
    }
    let mut table: toml::Table =
        toml::from_str(text).map_err(|error| super::problem_of_toml(file, text, &error))?;
    for change in overrides {
        set(&mut table, &change.path, &change.value).ok_or_else(|| {
            Problem::new(format!("`{}` cannot be set", change.path.join("."))).at(Location::file(file))
        })?;
    }
    toml::to_string(&table).map_err(|error| Problem::new(error.to_string()).at(Location::file(file)))
}

fn set(table: &mut toml::Table, path: &[String], value: &toml::Value) -> Option<()> {
    let (last, parents) = path.split_last()?;
    let mut place = table;
    for parent in parents {
        place = place
            .entry(parent.clone())
            .or_insert_with(|| toml::Value::Table(toml::Table::new()))
            .as_table_mut()?;
    }
    // A single state stands for a list of one where the file has a list.
    let value = match (place.get(last), value) {
        (Some(toml::Value::Array(_)), toml::Value::String(text)) => toml::Value::Array(
            text.split(',').map(|part| toml::Value::String(part.trim().to_owned())).collect(),
        ),
        _ => value.clone(),
    };
    place.insert(last.clone(), value);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_need_no_quotes() {
        let changes: Vec<Override> = ["study.period=1992/2013", "study.seed=7", "study.rivals=CHN,USA"]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        let text = "[study]\nperiod = \"1991/2025\"\nseed = 1\nrivals = [\"TUR\"]\n";
        let changed = apply("s.toml", text, &changes).unwrap();
        assert!(changed.contains("period = \"1992/2013\"") && changed.contains("seed = 7"));
        assert!(changed.contains("rivals = [\"CHN\", \"USA\"]"), "{changed}");
        assert!("period".parse::<Override>().is_err());
    }
}
