"""What rows of a chronology are about, in the words of reviews; a row may be about several."""

from typing import Final

THEMES: Final = {
    "childs_voice": "The child’s voice and daily life",
    "neglect": "Neglect",
    "physical_abuse": "Physical abuse",
    "sexual_abuse": "Sexual abuse",
    "emotional_abuse": "Emotional abuse",
    "domestic_abuse": "Domestic abuse",
    "exploitation": "Exploitation outside the home",
    "parental_health": "A parent’s mental or physical health",
    "substances": "Alcohol and drugs",
    "identity": "Ethnicity, culture, disability and identity",
    "information_sharing": "Information shared or not shared",
    "assessment": "Assessment and decisions",
    "management": "Supervision and management",
    "escalation": "Challenge and escalation",
    "attendance": "School attendance and missed appointments",
    "housing": "Housing and money",
    "moves": "Moves between areas or services",
}
