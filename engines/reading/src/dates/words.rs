//! The words of dates in the languages whose exports are met most.

use crate::fold;
use std::{collections::HashMap, sync::LazyLock};

/// What a word says in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// 1 to 12.
    Month(i8),
    /// 1 is Monday.
    Weekday(i8),
    /// *mar* is March and Tuesday: the rest of the date says which.
    Either {
        month: i8,
        weekday: i8,
    },
    /// Behind a number: 年, 月, 日.
    IsYear,
    IsMonth,
    IsDay,
    Week,
    Quarter,
    Half,
    Morning,
    Afternoon,
    /// Behind a number: 時, 分, 秒.
    Hour,
    Minute,
    Second,
    /// *Uhr*: what stands before it is a time.
    Oclock,
    /// *of*, *de*, *Uhr*: says nothing that is not clear without it.
    Nothing,
}

/// Months, January first; spellings of one are parted by spaces. English, German, French, Spanish, Portuguese, Italian,
/// Dutch, Russian, Polish, Swedish with Danish and Norwegian.
const MONTHS: &[[&str; 12]] = &[
    [
        "january jan",
        "february feb febr",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ],
    ["januar jänner jän", "februar feber", "märz mär mrz maerz", "", "mai", "juni", "juli", "", "", "oktober okt", "", "dezember dez"],
    [
        "janvier janv",
        "février févr fév",
        "mars",
        "avril avr",
        "mai",
        "juin",
        "juillet juil",
        "août aoû",
        "septembre",
        "octobre",
        "novembre",
        "décembre déc",
    ],
    [
        "enero ene",
        "febrero",
        "marzo",
        "abril abr",
        "mayo",
        "junio",
        "julio",
        "agosto ago",
        "septiembre setiembre",
        "octubre",
        "noviembre",
        "diciembre dic",
    ],
    ["janeiro", "fevereiro fev", "março", "", "maio", "junho", "julho", "", "setembro set", "outubro out", "novembro", "dezembro"],
    [
        "gennaio gen genn",
        "febbraio febb",
        "",
        "aprile",
        "maggio mag magg",
        "giugno giu",
        "luglio lug",
        "",
        "settembre sett",
        "ottobre ott",
        "",
        "dicembre",
    ],
    ["januari", "februari", "maart mrt", "", "mei", "", "", "augustus augusti", "", "", "", ""],
    [
        "январь января янв",
        "февраль февраля фев февр",
        "март марта мар",
        "апрель апреля апр",
        "май мая",
        "июнь июня июн",
        "июль июля июл",
        "август августа авг",
        "сентябрь сентября сен сент",
        "октябрь октября окт",
        "ноябрь ноября ноя нояб",
        "декабрь декабря дек",
    ],
    [
        "styczeń stycznia sty",
        "luty lutego lut",
        "marzec marca",
        "kwiecień kwietnia kwi",
        "maj maja",
        "czerwiec czerwca cze",
        "lipiec lipca lip",
        "sierpień sierpnia sie",
        "wrzesień września wrz",
        "październik października paź",
        "listopad listopada lis",
        "grudzień grudnia gru",
    ],
    ["", "", "", "", "maj", "", "", "", "", "", "", "desember des"],
];

/// Weekdays, Monday first, in the same languages, and Japanese.
const WEEKDAYS: &[[&str; 7]] = &[
    ["monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs", "friday fri", "saturday sat", "sunday sun"],
    ["montag mo", "dienstag di die", "mittwoch mi", "donnerstag do don", "freitag fr", "samstag sonnabend sa", "sonntag so"],
    ["lundi lun", "mardi", "mercredi mer", "jeudi jeu", "vendredi ven", "samedi sam", "dimanche dim"],
    ["lunes", "martes", "miércoles mié", "jueves jue", "viernes vie", "sábado sáb", "domingo dom"],
    ["segunda seg", "terça ter", "quarta qua", "quinta qui", "sexta sex", "", ""],
    ["lunedì", "martedì", "mercoledì", "giovedì gio", "venerdì", "sabato", "domenica"],
    ["maandag ma maa", "dinsdag din", "woensdag wo woe", "donderdag", "vrijdag vr vri", "zaterdag za zat", "zondag zo zon"],
    ["понедельник пн", "вторник вт", "среда ср", "четверг чт", "пятница пт", "суббота сб", "воскресенье вс"],
    ["poniedziałek pon pn", "wtorek wt", "środa śr", "czwartek czw", "piątek pt", "sobota sob", "niedziela ndz niedz"],
    ["måndag mandag mån", "tisdag tirsdag tis", "onsdag ons", "torsdag tor", "fredag fre", "lördag lørdag lör", "söndag søndag sön"],
    ["月曜日 月曜", "火曜日 火曜 火", "水曜日 水曜 水", "木曜日 木曜 木", "金曜日 金曜 金", "土曜日 土曜 土", "日曜日 日曜"],
];

/// The rest.
const OTHERS: &[(Said, &str)] = &[
    (Said::Either { month: 3, weekday: 2 }, "mar"),
    (Said::IsYear, "年 년"),
    (Said::IsMonth, "月 월"),
    (Said::IsDay, "日 일 号"),
    (Said::Week, "w kw week wk cw woche semaine sem semana settimana неделя нед"),
    (Said::Quarter, "q quarter quartal trimestre trim t kwartaal квартал кв"),
    (Said::Half, "h hj halbjahr semestre semester half"),
    (Said::Morning, "am 午前 上午 오전"),
    (Said::Afternoon, "pm 午後 下午 오후"),
    (Said::Hour, "時 时 点 시"),
    (Said::Minute, "分 분"),
    (Said::Second, "秒 초"),
    (Said::Oclock, "uhr"),
    (Said::Nothing, "of the de del den le el il um at à às on alle ore om uur year года год г feira"),
];

static WORDS: LazyLock<HashMap<String, Said>> = LazyLock::new(|| {
    let months = MONTHS.iter().flat_map(|names| names.iter().zip(1..).map(|(names, month)| (Said::Month(month), *names)));
    let weekdays = WEEKDAYS.iter().flat_map(|names| names.iter().zip(1..).map(|(names, day)| (Said::Weekday(day), *names)));
    let all = months.chain(weekdays).chain(OTHERS.iter().copied());
    all.flat_map(|(said, names)| names.split(' ').filter(|n| !n.is_empty()).map(move |name| (fold(name), said))).collect()
});

/// What a folded word says.
pub(super) fn said(word: &str) -> Option<Said> {
    WORDS.get(word).copied()
}
