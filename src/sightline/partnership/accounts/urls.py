"""Addresses of accounts; those of signing in itself are the sign-in library's, under /accounts/."""

from django.urls import path

from sightline.partnership.accounts.views import entering, managing, own

app_name = "accounts"

urlpatterns = [
    path("join/<str:token>/", entering.join, name="join"),
    path("signed-out/", entering.signed_out, name="signed_out"),
    path("not-invited/", entering.not_invited, name="not_invited"),
    path("my-account/", own.my_account, name="mine"),
    path("my-account/terms/", entering.terms, name="terms"),
    path("my-account/second-factor/", entering.second_factor_needed, name="second_factor_needed"),
    path("my-account/end-other-sessions/", own.end_other_sessions, name="end_other_sessions"),
    path("who-signs-in/", managing.list_accounts, name="accounts"),
    path("who-signs-in/invite/", managing.invite, name="invite"),
    path("who-signs-in/invitations/<str:invitation_id>/send-again/", managing.send_again, name="send_again"),
    path("who-signs-in/invitations/<str:invitation_id>/take-back/", managing.take_back, name="take_back"),
    path("who-signs-in/roles/<str:holding_id>/end/", managing.end_role, name="end_role"),
    path("who-signs-in/<str:account_id>/", managing.show_account, name="show"),
    path("who-signs-in/<str:account_id>/give-role/", managing.grant_role, name="grant_role"),
    path("who-signs-in/<str:account_id>/confirm/", managing.confirm, name="confirm"),
    path("who-signs-in/<str:account_id>/suspend/", managing.suspend, name="suspend"),
    path("who-signs-in/<str:account_id>/restore/", managing.restore, name="restore"),
    path("who-signs-in/<str:account_id>/training/", managing.training, name="training"),
    path("terms-of-use/", managing.list_terms, name="list_terms"),
    path("terms-of-use/publish/", managing.publish_terms, name="publish_terms"),
]
