from django.urls import path

from . import views

app_name = "mail"
urlpatterns = [
    path("", views.mails, name="mails"),
    path("<int:mail_id>/", views.mail, name="mail"),
    path("<int:mail_id>/html/", views.mail_html, name="mail-html"),
]
