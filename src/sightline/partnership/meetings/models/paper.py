"""What is read before and at a meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.meetings.models.agenda_item import PARTS
from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class Paper(models.Model):
    """A paper of a meeting with the pages it takes in the pack; those pages never become another paper's.

    A paper is a file held with the matter, or a text written here.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="papers")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    number = models.PositiveSmallIntegerField("number in the pack")
    title = models.CharField(max_length=200)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="the file"
    )
    text = models.TextField("text of the paper", blank=True)
    part = models.CharField("which part of the meeting", max_length=10, choices=PARTS, default="restricted")
    first_page = models.PositiveSmallIntegerField("first page in the pack")
    pages = models.PositiveSmallIntegerField("number of pages")
    purpose = models.TextField("what it is for", blank=True)
    decision_wanted = models.TextField("what is to be decided", blank=True)
    impact_on_children = models.TextField("what it means for children", blank=True)
    equality = models.TextField("what it means for equality", blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    is_late = models.BooleanField("added after the papers were sent", default=False)
    late_because = models.CharField("why it is late", max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")
    replaced_because = models.CharField("why it was replaced", max_length=300, blank=True)

    SENSITIVITY = {
        "id": OPEN, "meeting": PARTNERSHIP, "item": PARTNERSHIP, "number": PARTNERSHIP, "title": CHILD, "document": PARTNERSHIP,
        "text": CHILD, "part": PARTNERSHIP, "first_page": PARTNERSHIP, "pages": PARTNERSHIP, "purpose": CHILD, "decision_wanted": CHILD,
        "impact_on_children": CHILD, "equality": CHILD, "version": PARTNERSHIP, "is_late": PARTNERSHIP, "late_because": CHILD,
        "added_by": PARTNERSHIP, "added_at": PARTNERSHIP, "replaced_by": PARTNERSHIP, "replaced_because": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="paper_number_once"),
            models.UniqueConstraint(fields=["meeting", "first_page"], name="paper_first_page_once"),
            models.CheckConstraint(name="paper_takes_pages", condition=Q(first_page__gte=1, pages__gte=1)),
            models.CheckConstraint(
                name="paper_is_a_file_or_a_text",
                condition=Q(document__isnull=False, text="") | (Q(document__isnull=True) & ~Q(text="")),
            ),
        ]

    def __str__(self) -> str:
        # Never its title, which somebody typed.
        return f"Paper {self.number}"

    @property
    def last_page(self) -> int:
        return self.first_page + self.pages - 1
