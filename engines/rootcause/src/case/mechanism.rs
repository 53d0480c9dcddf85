//! What can break, and in what way figures move then.

/// What happened: a cause as people tell it, with what speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mechanism {
    AppRelease,
    PaymentProvider,
    PriceTest,
    TrackingChange,
    CampaignStop,
    Holiday,
    Competitor,
    BotTraffic,
    MixShift,
    PipelineLoss,
    Nothing,
}

/// In what way figures move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nature {
    /// Part of a step is lost in a slice.
    Loss,
    /// Only records of it are lost: an independent count does not fall.
    Record,
    /// It is lost every year at this time.
    Season,
    /// The values of a dimension have other shares than before; within each of them all is as it was.
    Mix,
    /// No more than chance.
    Nothing,
}

use Mechanism::*;

impl Mechanism {
    pub const ALL: [Mechanism; 11] =
        [AppRelease, PaymentProvider, PriceTest, TrackingChange, CampaignStop, Holiday, Competitor, BotTraffic, MixShift, PipelineLoss, Nothing];

    /// The one word by which stories call it.
    pub fn word(self) -> &'static str {
        match self {
            AppRelease => "release",
            PaymentProvider => "provider",
            PriceTest => "price",
            TrackingChange => "tracking",
            CampaignStop => "campaign",
            Holiday => "holiday",
            Competitor => "competitor",
            BotTraffic => "bots",
            MixShift => "mix",
            PipelineLoss => "pipeline",
            Nothing => "none",
        }
    }

    pub fn named(word: &str) -> Option<Mechanism> {
        Mechanism::ALL.into_iter().find(|mechanism| mechanism.word() == word)
    }

    pub fn name(self) -> &'static str {
        match self {
            AppRelease => "a release of the app with a fault",
            PaymentProvider => "an outage of the payment provider",
            PriceTest => "a test of higher prices",
            TrackingChange => "a change of tracking",
            CampaignStop => "a campaign that ended",
            Holiday => "a holiday, as every year",
            Competitor => "an offer of a competitor",
            BotTraffic => "bots that were kept out",
            MixShift => "other customers than before",
            PipelineLoss => "data lost on its way",
            Nothing => "chance alone",
        }
    }

    pub fn nature(self) -> Nature {
        match self {
            TrackingChange | PipelineLoss => Nature::Record,
            Holiday => Nature::Season,
            MixShift => Nature::Mix,
            Nothing => Nature::Nothing,
            _ => Nature::Loss,
        }
    }

    /// Two findings that speak for it, of a slice.
    pub(super) fn evidence(self, slice: &str) -> [String; 2] {
        let (one, two) = match self {
            AppRelease => ("Release log: a new version went out the evening before", "Support: three customers say the button does nothing"),
            PaymentProvider => ("Incident log: time-outs of the provider since the morning", "Support: cards are declined that worked last week"),
            PriceTest => ("Experiment list: a test of prices began that day", "Survey: “I looked elsewhere, it was cheaper there”"),
            TrackingChange => ("Release log: the consent banner was replaced", "Warehouse: orders in the books did not fall"),
            CampaignStop => ("Campaign calendar: a campaign ended the day before", "Finance: spending on advertising stopped"),
            Holiday => ("Calendar: school holidays began that day", "Last year: the same week was as quiet"),
            Competitor => ("Market watch: a competitor gives free delivery this week", "Search trends: the competitor's name rises"),
            BotTraffic => ("Security log: a rule against bots was switched on", "Support: nobody has written about it"),
            MixShift => (
                "Campaign calendar: a campaign brings other visitors since that day",
                "Survey: more of those who answered are here for the first time",
            ),
            PipelineLoss => ("Pipeline log: one partition failed to load", "Warehouse: the rows of the day are fewer than its invoices"),
            Nothing => ("Team chat: “it looks low to me”", "Release log: nothing went out in that week"),
        };
        if slice.is_empty() { [format!("{one}."), format!("{two}.")] } else { [format!("{one} ({slice})."), format!("{two} ({slice}).")] }
    }
}
