//! What a page offers, read from its markup: its forms, each once for every button that sends it, filled in as a person
//! would; its links; and the rows that the shared menu and the bar for chosen rows are about.

/// A way to send a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Control {
    /// Id of the form.
    pub form: String,
    pub action: String,
    pub post: bool,
    pub fields: Vec<(String, String)>,
    /// Adds the chosen rows under a name.
    pub bulk: Option<String>,
    /// Words of which a row must have one, and of which it may have none.
    pub on: Vec<String>,
    pub not: Vec<String>,
}

/// A row or card.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub id: String,
    pub state: Vec<String>,
    /// It can be chosen, for the bar of those that are.
    pub chosen: bool,
    /// It opens the menu.
    pub menu: bool,
}

/// All that a page offers.
#[derive(Debug, Default)]
pub struct Offered {
    pub controls: Vec<Control>,
    pub links: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Default)]
struct Form {
    id: String,
    action: String,
    post: bool,
    bulk: Option<String>,
    fields: Vec<Field>,
    /// Attributes of the buttons that send it.
    buttons: Vec<Attributes>,
}

struct Field {
    name: String,
    value: String,
    /// One of several of which some are chosen.
    choice: Choice,
    /// What else a list offers.
    others: Vec<String>,
}

#[derive(PartialEq)]
enum Choice {
    Typed,
    Taken,
    Left,
}

/// Of so many choices of a list each is tried.
const MOST_TRIED: usize = 6;

type Attributes = Vec<(String, String)>;

fn get<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a str> {
    attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn words(text: Option<&str>) -> Vec<String> {
    text.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

impl Offered {
    pub fn read(html: &str) -> Offered {
        let mut offered = Offered::default();
        let mut forms: Vec<Form> = vec![];
        let mut inside: Option<usize> = None;
        let mut select: Option<(usize, usize)> = None;
        for tag in html.split('<').skip(1) {
            let (head, text) = tag.split_once('>').unwrap_or((tag, ""));
            let (name, rest) = head.split_once(char::is_whitespace).unwrap_or((head, ""));
            let attributes = attributes(rest);
            if let (Some(id), Some("")) = (get(&attributes, "data-id"), get(&attributes, "data-open").map(|_| "")) {
                let state = get(&attributes, "data-state").unwrap_or("open");
                offered.rows.push(Row { id: id.to_owned(), state: words(Some(state)), ..Row::default() });
            }
            if let Some(row) = offered.rows.last_mut() {
                row.chosen |= get(&attributes, "data-pick").is_some() && get(&attributes, "value") == Some(row.id.as_str());
                row.menu |= get(&attributes, "data-mover") == Some(row.id.as_str());
            }
            match name {
                "a" => offered.links.extend(get(&attributes, "href").map(str::to_owned)),
                "form" => {
                    inside = Some(forms.len());
                    forms.push(Form {
                        id: get(&attributes, "id").unwrap_or_default().to_owned(),
                        action: get(&attributes, "action").unwrap_or_default().to_owned(),
                        post: get(&attributes, "method") == Some("post"),
                        bulk: get(&attributes, "data-bulk").map(|name| if name.is_empty() { "stories" } else { name }.to_owned()),
                        ..Form::default()
                    });
                }
                "/form" => inside = None,
                "input" | "textarea" | "select" | "button" => {
                    let elsewhere = get(&attributes, "form").and_then(|id| forms.iter().position(|form| form.id == id));
                    let named = get(&attributes, "form").is_some();
                    let Some(at) = (if named { elsewhere } else { inside }) else { continue };
                    if get(&attributes, "disabled").is_some() {
                        continue;
                    }
                    let form = &mut forms[at];
                    if name == "button" {
                        if get(&attributes, "type").unwrap_or("submit") == "submit" {
                            form.buttons.push(attributes);
                        }
                        continue;
                    }
                    let Some(called) = get(&attributes, "name") else { continue };
                    if let Some(field) = field(name, called, &attributes, text, &form.fields) {
                        form.fields.push(field);
                        select = (name == "select").then(|| (at, form.fields.len() - 1));
                    }
                }
                "option" => {
                    if let Some((form, field)) = select {
                        let field = &mut forms[form].fields[field];
                        let value = unescaped(get(&attributes, "value").unwrap_or(text));
                        field.others.push(value.clone());
                        if field.value.is_empty() || get(&attributes, "selected").is_some() && !value.is_empty() {
                            field.value = value;
                        }
                    }
                }
                "/select" => select = None,
                _ => {}
            }
        }
        for form in forms {
            offered.controls.extend(form.controls());
        }
        offered
    }
}

impl Form {
    fn controls(self) -> Vec<Control> {
        let mut fields: Vec<(String, String)> = vec![];
        for (i, field) in self.fields.iter().enumerate() {
            // Of boxes of which none is ticked the first is.
            let alone = field.choice == Choice::Left
                && !self.fields.iter().enumerate().any(|(j, other)| other.name == field.name && (other.choice == Choice::Taken || j < i));
            if field.choice != Choice::Left || alone {
                fields.push((field.name.clone(), field.value.clone()));
            }
        }
        let others: Vec<(String, String)> =
            self.fields.iter().flat_map(|field| field.others.iter().take(MOST_TRIED).map(|other| (field.name.clone(), other.clone()))).collect();
        let plain = Control { form: self.id, action: self.action, post: self.post, fields, bulk: self.bulk, ..Control::default() };
        if self.buttons.is_empty() {
            return vec![plain];
        }
        let by = |button: &Attributes| {
            let mut control = plain.clone();
            control.fields.extend(get(button, "name").map(|name| (name.to_owned(), get(button, "value").unwrap_or_default().to_owned())));
            if let Some(action) = get(button, "formaction") {
                control.action = action.to_owned();
            }
            (control.on, control.not) = (words(get(button, "data-on")), words(get(button, "data-not")));
            control
        };
        let mut controls: Vec<Control> = self.buttons.iter().map(by).collect();
        if let (Some(first), true) = (controls.first().cloned(), plain.post) {
            // What a list offers beside is offered too.
            for (name, other) in others {
                let mut control = first.clone();
                control.fields.iter_mut().filter(|(known, _)| *known == name).for_each(|(_, value)| value.clone_from(&other));
                controls.push(control);
            }
        }
        controls
    }
}

fn field(tag: &str, name: &str, attributes: &Attributes, text: &str, before: &[Field]) -> Option<Field> {
    let typed = |value: String| Field { name: name.to_owned(), value, choice: Choice::Typed, others: vec![] };
    let value = get(attributes, "value").unwrap_or_default().to_owned();
    match (tag, get(attributes, "type").unwrap_or("text")) {
        ("select", _) => Some(typed(String::new())),
        ("input", "hidden") => Some(typed(value)),
        ("input", "file" | "submit") => None,
        ("input", kind @ ("checkbox" | "radio")) => {
            let taken = get(attributes, "checked").is_some();
            let value = if value.is_empty() { "on".to_owned() } else { value };
            let again = kind == "radio" && before.iter().any(|field| field.name == name && field.choice == Choice::Taken);
            (!again).then_some(Field { name: name.to_owned(), value, choice: if taken { Choice::Taken } else { Choice::Left }, others: vec![] })
        }
        (_, kind) => {
            let there = if tag == "textarea" { unescaped(text) } else { value };
            Some(typed(if there.trim().is_empty() { plausible(name, kind).to_owned() } else { there }))
        }
    }
}

/// What a person would write there.
fn plausible(name: &str, kind: &str) -> &'static str {
    match (kind, name) {
        ("date", name) if name.starts_with("end") => "2026-11-15",
        ("date", "until") => "2026-10-01",
        ("date", _) => "2026-11-02",
        ("number", _) => "3",
        ("email", _) => "new@x.org",
        ("url", _) => "https://example.org/",
        ("password", _) => "a long password",
        (_, "key") => "NEW",
        _ => "Words",
    }
}

fn attributes(text: &str) -> Attributes {
    let mut found = vec![];
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        rest = match after.strip_prefix("=\"").and_then(|quoted| quoted.split_once('"')) {
            Some((value, behind)) => {
                found.push((name.to_owned(), unescaped(value)));
                behind.trim_start()
            }
            None => {
                found.push((name.to_owned(), String::new()));
                after.trim_start_matches('=').trim_start()
            }
        };
    }
    found
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_sent_by_each_of_its_buttons() {
        let html = "<form id=\"a\" method=\"post\" action=\"/do/x\"><input type=\"hidden\" name=\"n\" value=\"1\"><select name=\"s\"><option value=\"\">–</option>\
                    <option value=\"two\" selected>Two</option></select><input type=\"checkbox\" name=\"c\" value=\"k\"><textarea name=\"t\"></textarea>\
                    <button name=\"b\" value=\"&lt;\">Go</button><button formaction=\"/do/y\" data-on=\"open ready\">Other</button></form>\
                    <input name=\"late\" form=\"a\" value=\"v\"><a href=\"backlog?a=1&amp;b=2\">x</a>";
        let offered = Offered::read(html);
        let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let shared = vec![of("n", "1"), of("s", "two"), of("c", "k"), of("t", "Words"), of("late", "v")];
        assert_eq!(offered.controls.len(), 4, "and once more for each choice of the list");
        assert_eq!(offered.controls[0].fields, [shared.clone(), vec![of("b", "<")]].concat());
        assert_eq!((offered.controls[1].action.as_str(), offered.controls[1].on.len()), ("/do/y", 2));
        assert_eq!(offered.links, ["backlog?a=1&b=2"]);
    }
}
