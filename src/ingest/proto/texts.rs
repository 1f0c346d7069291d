//! Values as descriptors write them: the way of C.

/// Bytes in the form of a C string.
pub(super) fn escape(bytes: &[u8]) -> String {
    let mut out = String::new();
    for byte in bytes {
        match byte {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'"' => out.push_str("\\\""),
            b'\'' => out.push_str("\\'"),
            b'\\' => out.push_str("\\\\"),
            0x20..=0x7E => out.push(char::from(*byte)),
            byte => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out
}

/// A number as C writes it in as few digits as mean it: `%g` with 15 or 17 digits, of 32 bits with
/// 6 or 9.
pub(super) fn number_text(number: f64, is_float: bool) -> String {
    let number = match is_float {
        true => super::fields::round(number, 32),
        false => number,
    };
    if number.is_nan() {
        return "nan".into();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "inf".into()
        } else {
            "-inf".into()
        };
    }
    let digits = if is_float { [6, 9] } else { [15, 17] };
    let mut text = String::new();
    for digits in digits {
        text = general(number, digits);
        let is_same = match is_float {
            #[expect(clippy::cast_possible_truncation, reason = "the field has 32 bits")]
            true => text.parse::<f32>() == Ok(number as f32),
            false => text.parse::<f64>() == Ok(number),
        };
        if is_same {
            break;
        }
    }
    text
}

/// `%.{digits}g`.
fn general(number: f64, digits: usize) -> String {
    if number == 0.0 {
        return if number.is_sign_negative() {
            "-0".into()
        } else {
            "0".into()
        };
    }
    let scientific = format!("{number:.*e}", digits - 1);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let trim = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    };
    let limit = i32::try_from(digits).unwrap_or(i32::MAX);
    if exponent < -4 || exponent >= limit {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{}e{sign}{:02}", trim(mantissa), exponent.abs());
    }
    let after = usize::try_from(limit - 1 - exponent).unwrap_or(0);
    trim(&format!("{number:.after$}"))
}
