"""Events, registrations with and without account, calendars."""

from django.urls import path

from eprm.events.views import calendars, events, figures, keeping, registrations

app_name = "events"
urlpatterns = [
    path("", events.event_list, name="event_list"),
    path("past/", events.event_past, name="event_past"),
    path("new/", events.event_new, name="event_new"),
    path("calendar.ics", calendars.calendar, name="calendar"),
    path("figures/", figures.figure_list, name="figure_list"),
    path("groups/<slug:slug>/<str:token>.ics", calendars.group_feed, name="group_feed"),
    path("feed/<str:token>.ics", calendars.feed, name="feed"),
    path("materials/<int:pk>/", keeping.material_download, name="material_download"),
    path("registrations/<str:signed>/", registrations.registration_detail, name="registration_detail"),
    path("registrations/<str:signed>/event.ics", calendars.registration_calendar, name="registration_calendar"),
    path("<int:pk>/", events.event_detail, name="event_detail"),
    path("<int:pk>/edit/", events.event_edit, name="event_edit"),
    path("<int:pk>/cancel/", events.event_cancel, name="event_cancel"),
    path("<int:pk>/take-over/", events.event_take_over, name="event_take_over"),
    path("<int:pk>/event.ics", calendars.event_calendar, name="event_calendar"),
    path("<int:pk>/register/", registrations.event_register, name="event_register"),
    path("<int:pk>/leave/", registrations.event_leave, name="event_leave"),
    path("<int:pk>/registrations/", keeping.registration_list, name="registration_list"),
    path("<int:pk>/attendance/", keeping.attendance_edit, name="attendance_edit"),
    path("<int:pk>/materials/new/", keeping.material_new, name="material_new"),
    path("<int:pk>/materials/<int:material>/remove/", keeping.material_remove, name="material_remove"),
]
