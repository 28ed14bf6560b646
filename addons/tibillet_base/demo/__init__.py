from . import cards, story
