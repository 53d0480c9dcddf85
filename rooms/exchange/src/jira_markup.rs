//! Jira's wiki markup as Markdown, as far as descriptions use it. Text without its marks stays as it is.

/// Converts headings, code blocks, monospace, links, bold and numbered lists.
pub fn to_markdown(text: &str) -> String {
    if !is_wiki(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut in_code = false;
    for line in text.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("{code") || trimmed.starts_with("{noformat") {
            in_code = !in_code;
            out.push_str("```");
            let rest = trimmed.split_once('}').map_or("", |(_, rest)| rest);
            if !rest.trim().is_empty() {
                out.push('\n');
                out.push_str(rest.trim_end_matches("{code}").trim_end_matches("{noformat}"));
                if rest.contains("{code}") || rest.contains("{noformat}") {
                    out.push_str("\n```");
                    in_code = false;
                }
            }
        } else if in_code {
            out.push_str(line);
        } else {
            out.push_str(&inline(&block(line)));
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_wiki(text: &str) -> bool {
    ["{code", "{noformat", "{{", "{quote}"].iter().any(|mark| text.contains(mark)) || text.lines().any(|l| heading(l.trim_start()).is_some())
}

/// `h3. Title` is a heading of level 3.
fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.strip_prefix('h')?;
    let level = rest.chars().next()?.to_digit(10).filter(|d| (1..=6).contains(d))?;
    Some((level as usize, rest.get(1..)?.strip_prefix(". ")?))
}

fn block(line: &str) -> String {
    let trimmed = line.trim_start();
    if let Some((level, title)) = heading(trimmed) {
        return format!("{} {title}", "#".repeat(level));
    }
    let marks = trimmed.chars().take_while(|c| matches!(c, '*' | '#' | '-')).count();
    if marks > 0 && trimmed[marks..].starts_with(' ') {
        let mark = if trimmed[..marks].ends_with('#') { "1." } else { "-" };
        return format!("{}{mark}{}", "  ".repeat(marks - 1), &trimmed[marks..]);
    }
    line.replace("{quote}", "> ")
}

fn inline(line: &str) -> String {
    let mut out = line.replace("{{", "`").replace("}}", "`");
    // [text|address] becomes [text](address).
    while let Some((start, end)) = out.find('[').and_then(|s| out[s..].find(']').map(|e| (s, s + e))) {
        let Some((text, address)) = out[start + 1..end].split_once('|') else { break };
        let link = format!("\u{1}{text}\u{2}({address})");
        out.replace_range(start..=end, &link);
    }
    out.replace('\u{1}', "[").replace('\u{2}', "]")
}

#[cfg(test)]
mod tests {
    use super::to_markdown;

    #[test]
    fn converts_what_it_knows_and_leaves_the_rest() {
        assert_eq!(to_markdown("h2. Title\n* one\n** two\n# first"), "## Title\n- one\n  - two\n1. first");
        assert_eq!(to_markdown("{code:java}\n* x\n{code}"), "```\n* x\n```");
        assert_eq!(to_markdown("see {{x}} in [docs|http://d]"), "see `x` in [docs](http://d)");
        assert_eq!(to_markdown("- plain\n# stays"), "- plain\n# stays");
    }
}
