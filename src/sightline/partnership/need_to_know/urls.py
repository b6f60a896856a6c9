"""Addresses of the pages on access: `/matters/<id>/members/`, `/my/conflicts/`."""

from django.urls import path

from sightline.partnership.need_to_know.views import conflicts, emergencies, leavers, members, seals

app_name = "need_to_know"

matter = "matters/<str:matter_id>/"

urlpatterns = [
    path("my/conflicts/", conflicts.my_conflicts, name="my_conflicts"),
    path("my/conflicts/add/", conflicts.add_entry, name="add_entry"),
    path("my/conflicts/<str:entry_id>/remove/", conflicts.remove_entry, name="remove_entry"),
    # Takes the place of the accounts' own page at this address, which cannot end memberships, grants and clearances.
    path("who-signs-in/<str:account_id>/close/", leavers.close, name="close_account"),
    path(f"{matter}", members.overview, name="matter"),
    path(f"{matter}statement/", conflicts.statement, name="statement"),
    path(f"{matter}members/", members.members, name="members"),
    path(f"{matter}members/add/", members.add_member, name="add_member"),
    path(f"{matter}members/<str:part_id>/end/", members.end_member, name="end_member"),
    path(f"{matter}grants/add/", members.add_grant, name="add_grant"),
    path(f"{matter}grants/<str:part_id>/renew/", members.renew_grant, name="renew_grant"),
    path(f"{matter}grants/<str:part_id>/end/", members.end_grant, name="end_grant"),
    path(f"{matter}readers/", members.readers, name="readers"),
    path(f"{matter}conflicts/", conflicts.conflicts, name="conflicts"),
    path(f"{matter}conflicts/declare/", conflicts.declare, name="declare_conflict"),
    path(f"{matter}conflicts/<str:part_id>/propose/", conflicts.propose_lift, name="propose_lift"),
    path(f"{matter}conflicts/<str:part_id>/confirm/", conflicts.confirm_lift, name="confirm_lift"),
    path(f"{matter}conflicts/<str:part_id>/withdraw/", conflicts.withdraw_lift, name="withdraw_lift"),
    path(f"{matter}seals/", seals.seals, name="seals"),
    path(f"{matter}seals/agency/", seals.seal_agency, name="seal_agency"),
    path(f"{matter}seals/<str:part_id>/name/", seals.name_person, name="name_person"),
    path(f"{matter}seals/<str:part_id>/keep-out/", seals.unname_person, name="unname_person"),
    path(f"{matter}seals/<str:part_id>/propose/", seals.propose_unseal, name="propose_unseal"),
    path(f"{matter}seals/<str:part_id>/confirm/", seals.confirm_unseal, name="confirm_unseal"),
    path(f"{matter}seals/<str:part_id>/withdraw/", seals.withdraw_unseal, name="withdraw_unseal"),
    path(f"{matter}clearances/add/", seals.clear, name="clear"),
    path(f"{matter}clearances/<str:part_id>/end/", seals.end_clearance, name="end_clearance"),
    path(f"{matter}emergency/", emergencies.break_glass, name="break_glass"),
    path(f"{matter}emergency/<str:part_id>/close/", emergencies.close_glass, name="close_glass"),
    path(f"{matter}emergency/<str:part_id>/review/", emergencies.review_break_glass, name="review_break_glass"),
    path(f"{matter}hold/", emergencies.hold, name="hold"),
    path(f"{matter}hold/place/", emergencies.place_hold, name="place_hold"),
    path(f"{matter}hold/<str:part_id>/lift/", emergencies.lift_hold, name="lift_hold"),
]
