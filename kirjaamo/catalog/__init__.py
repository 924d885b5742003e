"""What information the authority holds: resources, datasets, systems, registers, search keys; the published description."""
