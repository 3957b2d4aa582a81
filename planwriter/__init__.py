"""planwriter: official plans (工作要点, 三年行动计划, 实施方案) from a YAML outline to a .docx laid out by GB/T 9704."""

__version__ = "0.1.0"
