//! Numbers and words as a reader expects them.

/// A number with as many digits as a reader can use: two or three that count.
pub fn number(value: f64) -> String {
    let digits = match value.abs() {
        0.0 => 0,
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        small if small >= 0.1 => 2,
        smaller if smaller >= 0.01 => 3,
        _ => 4,
    };
    let text = format!("{value:.digits$}");
    // −0.00 reads as a sign where there is none.
    let zero = text.chars().all(|letter| matches!(letter, '-' | '0' | '.'));
    if zero { "0".to_owned() } else { grouped(&text.replace('-', "−")) }
}

/// A count: no digits after the point.
pub fn whole(value: f64) -> String {
    // Zero has no sign.
    grouped(&format!("{:.0}", value.round() + 0.0).replace('-', "−"))
}

/// So many of a thing: "1 lag", "2 lags".
pub fn count_of(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

/// Thousands apart by a thin space, from five digits on.
fn grouped(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('−').map_or(("", text), |rest| ("−", rest));
    if digits.contains('.') || digits.len() < 5 {
        return text.to_owned();
    }
    let head = digits.len() % 3;
    let groups = digits.as_bytes()[head..].chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let parts: Vec<String> =
        std::iter::once(digits[..head].to_owned()).filter(|head| !head.is_empty()).chain(groups).collect();
    format!("{sign}{}", parts.join("\u{202f}"))
}

/// A probability as papers print it.
pub fn p_value(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
}

/// The text with its first letter a capital.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text with its first letter small, but for abbreviations.
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let rest = letters.as_str();
    if rest.starts_with(char::is_uppercase) {
        text.to_owned()
    } else {
        first.to_lowercase().chain(rest.chars()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_keep_their_capitals() {
        assert_eq!(uncapitalised("Mean of it"), "mean of it");
        assert_eq!(uncapitalised("UN votes"), "UN votes");
        assert_eq!(capitalised("mean"), "Mean");
    }

    #[test]
    fn counts_agree_with_their_things() {
        assert_eq!((count_of(1, "lag"), count_of(0, "lag")), ("1 lag".to_owned(), "0 lags".to_owned()));
        assert_eq!((whole(-0.3), whole(-2.6)), ("0".to_owned(), "−3".to_owned()));
    }

    #[test]
    fn digits_that_count() {
        let cases = [
            (0.0, "0"),
            (-0.000_01, "0"),
            (0.004_21, "0.0042"),
            (0.0321, "0.032"),
            (1.234, "1.23"),
            (-12.34, "−12.3"),
            (12_345.6, "12\u{202f}346"),
            (1234.5, "1234"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }
}
