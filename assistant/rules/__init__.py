"""The deterministic facts: data with their literal sentences in, answers that hold for one scope and one day out."""
