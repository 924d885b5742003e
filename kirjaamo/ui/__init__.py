"""The one visual language of the house: page shell, components, forms, languages; no models."""
