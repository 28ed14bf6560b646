from . import door_pair, event_duplicate, event_duplicate_date, event_follow, event_repeat
