# SPDX-License-Identifier: Apache-2.0
"""What the examples ought to do, worked out a second time, from the protocols and not from the programs."""
