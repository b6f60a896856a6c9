"""The few errors that are meant for a reader. Anything else that rises is a defect."""


class ForTheReader(Exception):
    """An error that carries one plain sentence saying what is wrong and what to do next."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class NotPermitted(ForTheReader):
    """This person may not do this. The sentence is for records; the page shown is always the one 'not found' page."""

    def __init__(self, sentence: str = "You cannot do this with your role.") -> None:
        super().__init__(sentence)


class NotAllowedNow(ForTheReader):
    """The state of the matter does not allow this at present."""


class InvalidReturn(ForTheReader):
    """What an agency sent cannot be accepted as it stands."""
