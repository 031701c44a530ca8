"""Intake: a content pack becomes records of the desk and one release of the site.

``read`` turns a folder of YAML into documents, or says everything that is wrong with it; ``make_plan`` compares
them with the desk; ``apply`` carries the plan out, all of it or nothing.
"""

from .apply import Loaded, apply
from .plan import Action, Plan, Step, make_plan
from .problems import Broken, Problem
from .read import read

__all__ = ["Action", "Broken", "Loaded", "Plan", "Problem", "Step", "apply", "make_plan", "read"]
