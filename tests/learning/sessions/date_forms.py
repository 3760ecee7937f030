"""What a browser sends from the form of a date."""

FORM = {
    "first_day": "2030-12-10",
    "start_time": "10:00",
    "end_time": "11:15",
    "zone": "America/Vancouver",
    "last_day": "",
    "online": "on",
    "place": "",
    "capacity": "",
    "recorded": "undecided",
    "note": "",
}
