import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import sightline.procedures.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0002_periods_do_not_overlap"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False
                    ),
                ),
                ("is_child", models.BooleanField(default=True, verbose_name="a child")),
                ("given_name", models.CharField(blank=True, max_length=150, verbose_name="given names")),
                ("family_name", models.CharField(blank=True, max_length=150)),
                ("also_known_as", models.CharField(blank=True, max_length=300, verbose_name="other names")),
                ("name_not_known", models.BooleanField(default=False)),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                ("expected_on", models.DateField(blank=True, null=True, verbose_name="expected date of birth")),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("female", "Female"), ("male", "Male"), ("indeterminate", "Indeterminate"), ("not_known", "Not known")],
                        max_length=20,
                    ),
                ),
                ("gender_identity", models.CharField(blank=True, max_length=100)),
                (
                    "ethnicity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("WBRI", "White British"),
                            ("WIRI", "White Irish"),
                            ("WIRT", "Traveller of Irish heritage"),
                            ("WROM", "Gypsy or Roma"),
                            ("WOTH", "Any other White background"),
                            ("MWBC", "White and Black Caribbean"),
                            ("MWBA", "White and Black African"),
                            ("MWAS", "White and Asian"),
                            ("MOTH", "Any other Mixed background"),
                            ("AIND", "Indian"),
                            ("APKN", "Pakistani"),
                            ("ABAN", "Bangladeshi"),
                            ("AOTH", "Any other Asian background"),
                            ("BCRB", "Black Caribbean"),
                            ("BAFR", "Black African"),
                            ("BOTH", "Any other Black background"),
                            ("CHNE", "Chinese"),
                            ("OOTH", "Any other ethnic group"),
                            ("REFU", "Refused"),
                            ("NOBT", "Information not yet obtained"),
                        ],
                        max_length=4,
                    ),
                ),
                ("disabilities", models.JSONField(blank=True, default=list)),
                ("religion", models.CharField(blank=True, max_length=100)),
                ("first_language", models.CharField(blank=True, max_length=100)),
                (
                    "interpreter",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                        max_length=10,
                        verbose_name="interpreter needed",
                    ),
                ),
                ("nhs_number", models.CharField(blank=True, max_length=10, verbose_name="NHS number")),
                ("upn", models.CharField(blank=True, max_length=13, verbose_name="unique pupil number")),
                ("social_care_id", models.CharField(blank=True, max_length=40, verbose_name="number in the social care system")),
                ("school", models.CharField(blank=True, max_length=200, verbose_name="school, college or nursery")),
                (
                    "care_experienced",
                    models.CharField(blank=True, choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")], max_length=10),
                ),
                (
                    "matching",
                    models.CharField(
                        choices=[("unmatched", "Not looked at yet"), ("new", "Not known before"), ("same", "The same as somebody known")],
                        default="unmatched",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("matched_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("changed_since_matched", models.BooleanField(default=False, editable=False)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "matched_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="known_again",
                        to="people.person",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
                "ordering": ["written_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="MatchingDecision",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("same", "The same person"), ("new", "Not known before"), ("undone", "Undone")], max_length=10
                    ),
                ),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decided_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "known",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="matching_decisions", to="people.person"),
                ),
            ],
            options={
                "ordering": ["person", "decided_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False
                    ),
                ),
                ("lines", models.CharField(blank=True, max_length=400, verbose_name="address")),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="lived here from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="lived here until")),
                ("is_protected", models.BooleanField(default=False, verbose_name="protected address")),
                (
                    "ward",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.ward"
                    ),
                ),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="addresses", to="people.person")),
            ],
            options={
                "verbose_name_plural": "addresses",
                "ordering": ["person", models.OrderBy(models.F("to_on"), descending=True, nulls_first=True), "-from_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="PersonVersion",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("said", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="what it said")),
                ("changed_fields", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="people.person")),
            ],
            options={
                "ordering": ["person", "number"],
            },
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mother", "Mother"),
                            ("father", "Father"),
                            ("step_parent", "Step-parent"),
                            ("parents_partner", "Partner of a parent"),
                            ("sibling", "Brother or sister"),
                            ("half_or_step_sibling", "Half- or step-brother or sister"),
                            ("grandparent", "Grandparent"),
                            ("aunt_or_uncle", "Aunt or uncle"),
                            ("other_relative", "Another relative"),
                            ("foster_carer", "Foster carer"),
                            ("special_guardian", "Special guardian"),
                            ("adoptive_parent", "Adoptive parent"),
                            ("private_foster_carer", "Private foster carer"),
                            ("residential_worker", "Worker in a children’s home"),
                            ("own_partner", "The young person’s own partner"),
                            ("own_child", "The young person’s own child"),
                            ("friend_or_peer", "Friend or peer"),
                            ("lodger_or_visitor", "Lodger or visitor"),
                            ("other", "Somebody else"),
                            ("not_known", "Not known"),
                        ],
                        max_length=30,
                        verbose_name="relationship",
                    ),
                ),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="relatives", to="people.person")),
                (
                    "relative",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="relative_of", to="people.person"),
                ),
            ],
            options={
                "ordering": ["person", "id"],
            },
        ),
        migrations.CreateModel(
            name="SearchKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=80)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="search_keys", to="people.person")),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=sightline.procedures.references.new_ulid, editable=False, max_length=26, primary_key=True, serialize=False
                    ),
                ),
                ("form", models.CharField(max_length=60)),
                ("about", models.CharField(max_length=60)),
                ("page", models.CharField(blank=True, max_length=40)),
                ("turn", models.PositiveBigIntegerField(default=0)),
                ("data", models.JSONField(default=dict)),
                ("is_discarded", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["-saved_at", "-id"],
                "constraints": [models.UniqueConstraint(fields=("account", "form", "about", "page"), name="people_draft_one_a_page")],
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["matching", "written_at"], name="people_to_match"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given_name", ""), _negated=True),
                    models.Q(("family_name", ""), _negated=True),
                    ("name_not_known", True),
                    ("expected_on__isnull", False),
                    _connector="OR",
                ),
                name="people_person_named_or_said_not_to_be",
                violation_error_message="Enter a name, or tick that the name is not known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("matched_at__isnull", True), ("matched_by__isnull", True), ("matching", "unmatched"), ("same_as__isnull", True)
                    ),
                    models.Q(("matched_at__isnull", False), ("matched_by__isnull", False), ("matching", "new"), ("same_as__isnull", True)),
                    models.Q(
                        ("matched_at__isnull", False), ("matched_by__isnull", False), ("matching", "same"), ("same_as__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="people_person_matched_facts_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("same_as", models.F("id")), _negated=True), name="people_person_not_same_as_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="matchingdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "new"), ("known__isnull", True)), models.Q(("decision", "new"), _negated=True), _connector="OR"
                ),
                name="people_matching_same_names_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_on__isnull", True)), fields=("person",), name="people_address_one_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_on__isnull", True), ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                ),
                name="people_address_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="personversion",
            constraint=models.UniqueConstraint(fields=("person", "number"), name="people_version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="relationship",
            constraint=models.UniqueConstraint(fields=("person", "relative"), name="people_relationship_once"),
        ),
        migrations.AddConstraint(
            model_name="relationship",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("relative")), _negated=True), name="people_relationship_with_another"
            ),
        ),
        migrations.AddIndex(
            model_name="searchkey",
            index=models.Index(fields=["key"], name="people_search_key"),
        ),
        migrations.AddConstraint(
            model_name="searchkey",
            constraint=models.UniqueConstraint(fields=("person", "key"), name="people_search_key_once"),
        ),
    ]
