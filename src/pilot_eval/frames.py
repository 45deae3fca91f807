"""The columns of stored frames: their names, their bounds, and what stands for “no bound”."""

from datetime import date

PILOT = "pilot"
SOURCE = "__source"
"""Which of the submission's sources a row came from: an index into `Intake.sources`."""

UNBOUNDED = 1e30
"""A bound that stands for «no bound known»: finite, so that NaN can't arise, and far out even after arithmetic."""

BOUNDED = 1e18
"""No real amount reaches it: a figure's bound from here on is none."""

ROW = "__row"
"""The column that holds a record's row number; null in the row that says «nothing to report»."""

EPOCH = date(1970, 1, 1)
