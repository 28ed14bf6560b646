import random
import uuid

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from odoo.tests import BaseCase

from .. import tokens

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = KEY.public_key().public_bytes_raw().hex()


class TestTokens(BaseCase):
    def token(self, dice=random):
        number = uuid.UUID(int=dice.getrandbits(128))
        return tokens.Token(dice.randrange(256), dice.randrange(2**32), str(number), dice.randrange(2**32), 1)

    def test_what_is_written_is_read(self):
        for seed in range(200):
            token = self.token(random.Random(seed))
            text = tokens.write(token, KEY.sign)
            self.assertEqual((len(text), tokens.read(text, PUBLIC)), (137, token))

    def test_any_altered_letter_is_refused(self):
        text = tokens.write(self.token(random.Random(1)), KEY.sign)
        for place in range(len(text)):
            for letter in "0A:":
                if text[place] != letter:
                    with self.assertRaises(tokens.Forged):
                        tokens.read(text[:place] + letter + text[place + 1 :], PUBLIC)

    def test_another_key_is_refused(self):
        other = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
        with self.assertRaises(tokens.Forged):
            tokens.read(tokens.write(self.token(), other.sign), PUBLIC)

    def test_what_is_no_ticket_is_refused(self):
        dice = random.Random(3)
        for text in ("", "A", "abc", ":::", "€" * 137, "0" * 137, "A" * 4000, None, 12):
            with self.assertRaises(tokens.Forged):
                tokens.peek(text)
        for _case in range(500):
            text = "".join(dice.choice("0123456789ABC $%*+-./:") for _letter in range(dice.randrange(200)))
            with self.assertRaises(tokens.Forged):
                tokens.read(text, PUBLIC)
