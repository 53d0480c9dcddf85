//! What can happen to research.

use kernel::kinds;

kinds! {
    TREND_CREATED = "trend.created", "saw the trend";
    TREND_EDITED = "trend.edited", "changed the trend";
    TREND_REMOVED = "trend.removed", "removed the trend";
    TREND_LINKED = "trend.linked", "linked:";
    TREND_UNLINKED = "trend.unlinked", "unlinked:";
    COMPETITOR_CREATED = "competitor.created", "added the competitor";
    COMPETITOR_EDITED = "competitor.edited", "changed the competitor";
    COMPETITOR_CHECKED = "competitor.checked", "checked the competitor";
    COMPETITOR_REMOVED = "competitor.removed", "removed the competitor";
    CAPABILITY_CREATED = "capability.created", "added the capability";
    CAPABILITY_EDITED = "capability.edited", "changed the capability";
    CAPABILITY_REMOVED = "capability.removed", "removed the capability";
    GRADE_NOTED = "grade.noted", "noted in the matrix:";
    GRADE_EDITED = "grade.edited", "set right in the matrix:";
    GRADE_REMOVED = "grade.removed", "removed from the matrix:";
    GRADE_LINKED = "grade.linked", "linked:";
    GRADE_UNLINKED = "grade.unlinked", "unlinked:";
    POSITIONING_CREATED = "positioning.created", "began the chart";
    POSITIONING_EDITED = "positioning.edited", "changed the chart";
    POSITIONING_REMOVED = "positioning.removed", "removed the chart";
    SPOT_PLACED = "spot.placed", "placed:";
    SPOT_REMOVED = "spot.removed", "took from the chart:";
    PERSONA_CREATED = "persona.created", "described the persona";
    PERSONA_EDITED = "persona.edited", "changed the persona";
    PERSONA_REMOVED = "persona.removed", "removed the persona";
    PERSONA_LINKED = "persona.linked", "linked:";
    PERSONA_UNLINKED = "persona.unlinked", "unlinked:";
    MARKET_SIZE_CREATED = "market_size.created", "estimated the market";
    MARKET_SIZE_EDITED = "market_size.edited", "estimated anew the market";
    MARKET_SIZE_REMOVED = "market_size.removed", "removed the estimate of the market";
}
