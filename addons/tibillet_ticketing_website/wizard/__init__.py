from . import event_news
