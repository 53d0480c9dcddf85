//! Large amounts in few figures.

use web::telling::figure;

/// "12.3k", "4.5M", "1.2B": three figures, which is more than an estimate knows.
pub fn amount(value: f64) -> String {
    let (size, suffix) = match value.abs() {
        size if size >= 999.5e9 => (1e12, "T"),
        size if size >= 999.5e6 => (1e9, "B"),
        size if size >= 999.5e3 => (1e6, "M"),
        size if size >= 9_999.5 => (1e3, "k"),
        _ => (1.0, ""),
    };
    let scaled = value / size;
    let decimals = match scaled.abs() {
        large if large >= 99.95 => 1.0,
        middling if middling >= 9.995 => 10.0,
        _ => 100.0,
    };
    format!("{}{suffix}", figure((scaled * decimals).round() / decimals))
}

/// "4.5M EUR/year".
pub fn with_unit(value: f64, unit: &str) -> String {
    match unit {
        // What has no unit and is less than one is a share.
        "" if value.abs() < 1.0 => format!("{}\u{a0}%", amount(value * 100.0)),
        "" => amount(value),
        unit => format!("{}\u{a0}{unit}", amount(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_in_three_figures() {
        let told = [0.0, 0.125, 42.0, 1234.0, 9999.0, 12_345.0, 999_600.0, 4_560_000.0, 1.234e9, 250e9, -3_210_000.0].map(amount);
        assert_eq!(told, ["0", "0.13", "42", "1234", "9999", "12.3k", "1M", "4.56M", "1.23B", "250B", "−3.21M"]);
        assert_eq!([with_unit(4.5e6, "EUR/year"), with_unit(0.155, ""), with_unit(3.0, "")], ["4.5M\u{a0}EUR/year", "15.5\u{a0}%", "3"]);
    }
}
