from . import badge, badge_stay, place, pos_config, pos_order, product_template, till_badge
