//! The world of Orbit: its goals, needs, bets and the words of its history.

/// An objective: title, why, share, its key results (title, unit, start, target, now).
pub(super) type Goal = (&'static str, &'static str, f64, &'static [(&'static str, &'static str, f64, f64, f64)]);

pub(super) const GOALS: &[Goal] = &[
    (
        "Riders find a bike within five minutes",
        "Every second search ends without a ride; riders tell us they gave up.",
        40.0,
        &[("Searches that end in a ride", "%", 48.0, 70.0, 61.0), ("Median walk to a bike", "min", 9.0, 5.0, 6.5)],
    ),
    (
        "Cities renew without being asked",
        "Three of eight contracts end this year. Renewals rest on the monthly report.",
        35.0,
        &[("Contracts renewed", "of 3", 0.0, 3.0, 1.0), ("Hours spent on a monthly report", "h", 14.0, 2.0, 5.0)],
    ),
    (
        "A bike earns its keep in winter",
        "From November to February a bike stands idle four days out of five.",
        25.0,
        &[("Rides per bike and winter week", "rides", 3.1, 5.0, 3.4)],
    ),
];

/// A need: title, statement, segment, importance, satisfaction, quotes (kind, customer or source, words).
pub(super) type Need = (&'static str, &'static str, &'static str, f64, f64, &'static [(&'static str, &'static str, &'static str)]);

pub(super) const NEEDS: &[Need] = &[
    (
        "Know that a bike will be there",
        "When I leave with two children, I want to be sure of a bike, so I do not stand in the rain.",
        "Parents",
        9.1,
        3.4,
        &[
            ("interview", "Lena Brandt", "I open the app, see a bike, walk there, and it is gone. After the third time I took the car."),
            ("review", "Play store, two stars", "Great bikes, but never one when I need it at eight in the morning."),
            ("usage_data", "Fleet data", "31 % of bikes shown as free are taken before the rider arrives."),
        ],
    ),
    (
        "Carry more than groceries",
        "When I move a shelf, I want to know what fits, so I do not pay for a ride I cannot use.",
        "Home movers",
        6.2,
        5.0,
        &[("interview", "Karim Haddad", "I measured the box with my arm span from a photo.")],
    ),
    (
        "Show the council what the money does",
        "When the council meets, I want figures that hold, so nobody asks twice.",
        "City officials",
        8.7,
        4.1,
        &[
            ("sales_call", "City of Aarberg", "If I have to build the chart myself, I may as well buy from someone else."),
            ("ticket", "City of Lindau", "The July figures do not match the ones in the contract annex."),
        ],
    ),
    (
        "Trust the brakes in the wet",
        "When it rains, I want to feel safe with the load, so I keep riding in winter.",
        "Parents",
        8.2,
        4.6,
        &[("survey", "Winter survey, 214 answers", "62 % name brakes in the wet as the reason not to ride.")],
    ),
    (
        "One bill for the whole shop",
        "When my three couriers ride, I want one bill, so my bookkeeper stops calling me.",
        "Small shops",
        7.0,
        3.9,
        &[
            ("interview", "Bakery Sundqvist", "Three cards, three receipts, every day."),
            ("ticket", "Flower shop Anno", "Can you put the company name on the receipt?"),
        ],
    ),
];

/// An initiative: title, hypothesis, horizon, goal, need, window in days from now, features with their stories.
pub(super) type Bet =
    (&'static str, &'static str, &'static str, usize, usize, Option<(f64, f64)>, &'static [(&'static str, &'static [&'static str])]);

pub(super) const BETS: &[Bet] = &[
    (
        "Reserve a bike for ten minutes",
        "We believe that holding a bike for ten minutes for parents will turn lost searches into rides.",
        "now",
        0,
        0,
        Some((60.0, -30.0)),
        &[
            (
                "Hold a bike from the map",
                &[
                    "Hold a free bike with one tap",
                    "See the remaining minutes of a hold",
                    "Give a held bike back",
                    "Refuse a second hold by the same rider",
                    "Tell the rider when a hold runs out",
                ],
            ),
            (
                "Holds in the fleet's view",
                &["Show held bikes to dispatchers", "End a hold when a bike needs repair", "Count holds that end without a ride"],
            ),
        ],
    ),
    (
        "A monthly report that writes itself",
        "We believe that a report from live data for city officials will make renewal a formality.",
        "now",
        1,
        2,
        Some((120.0, 20.0)),
        &[
            (
                "Report page for a city",
                &[
                    "Show rides per district and month",
                    "Show CO₂ saved with its formula",
                    "Compare with the month before",
                    "Print the report on two pages",
                ],
            ),
            ("Figures that hold", &["Freeze figures at the end of a month", "Explain every figure on hover", "Export the raw table"]),
        ],
    ),
    (
        "Bikes for small shops",
        "We believe that one account for a shop's couriers will bring steady rides on weekdays.",
        "next",
        0,
        4,
        None,
        &[
            ("Shop account", &["Invite couriers to a shop", "One monthly bill for a shop", "Company name on every receipt"]),
            ("Weekday passes", &["Sell a weekday pass"]),
        ],
    ),
    (
        "Safe in the wet",
        "We believe that rain mode and checked brakes will keep parents riding in winter.",
        "next",
        2,
        3,
        None,
        &[
            ("Rain mode", &["Limit assistance in heavy rain", "Explain rain mode on the display"]),
            ("Brake checks", &["Remind mechanics of brake checks every 400 km"]),
        ],
    ),
    ("What fits in the box", "We believe that showing what fits will win home movers.", "later", 0, 1, None, &[("Load guide", &[])]),
    ("Summer of tandems", "We believe that tandem weekends will bring tourists.", "later", 0, 0, None, &[]),
];

/// Areas of work of the years before, for the history of closed sprints.
pub(super) const THINGS: &[&str] = &[
    "map",
    "ride history",
    "receipt",
    "sign-up",
    "payment",
    "battery level",
    "lock",
    "damage report",
    "support chat",
    "city boundary",
    "price list",
    "voucher",
    "push message",
    "parking photo",
    "rider profile",
];
pub(super) const DEEDS: &[&str] = &[
    "Show the {} offline",
    "Load the {} in under a second",
    "Translate the {} into Danish",
    "Let riders correct the {}",
    "Log errors in the {}",
    "Make the {} readable in sunlight",
    "Test the {} with a screen reader",
];

/// A segment: name, how many there are, growth in percent, who they are.
pub(super) const SEGMENTS: &[(&str, i64, f64, &str)] = &[
    ("Parents", 41_000, 3.0, "Two or more small children, no second car, within three kilometres of daycare and school."),
    ("Small shops", 2_300, 11.0, "Bakeries, florists, workshops: two to ten people who deliver within the city."),
    ("City officials", 8, 0.0, "Whoever renews the contract of a city and answers for it to the council."),
    ("Home movers", 12_000, 7.0, "Move once a year, mostly students."),
];

/// A customer: name, segment, people, revenue a year, note.
pub(super) const CUSTOMERS: &[(&str, &str, i64, f64, &str)] = &[
    ("City of Lindau", "City officials", 4, 184_000.0, "Contract until the end of the year. The council meets on every second Tuesday."),
    ("City of Aarberg", "City officials", 3, 96_000.0, "Compares us with two others."),
    ("Bakery Sundqvist", "Small shops", 3, 4_800.0, "Three couriers, mornings only."),
    ("Flower shop Anno", "Small shops", 2, 1_900.0, ""),
    ("Lena Brandt", "Parents", 2, 310.0, "Two children, of three and six."),
    ("Karim Haddad", "Home movers", 1, 45.0, ""),
    ("Hotel Kvist", "Small shops", 10, 0.0, "Not a customer yet: would take ten bikes."),
];
