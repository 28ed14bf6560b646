from . import dormant_decision_line, dormant_notice
