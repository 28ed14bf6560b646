from odoo.fields import Domain
from odoo.orm.model_classes import add_to_registry
from odoo.tests import TransactionCase, tagged

from .fake_read import FakeRead


@tagged("post_install", "-at_install")
class TestReaderMixin(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_to_registry(cls.registry, FakeRead)
        cls.addClassCleanup(cls.forget_model)
        cls.registry._setup_models__(cls.env.cr, [FakeRead._name])
        cls.registry.init_models(cls.env.cr, [FakeRead._name], {"module": "tibillet_base"}, install=False)
        cls.one, cls.two = cls.env["res.company"].create([{"name": "Reader one"}, {"name": "Reader two"}])
        cls.model = cls.env["tibillet.fake.read"]
        cls.of_one, cls.of_both, cls.of_none = cls.model.create(
            [
                {"company_id": cls.one.id},
                {"company_id": cls.one.id, "shared": True},
                {},
            ]
        )

    @classmethod
    def forget_model(cls):
        del cls.registry[FakeRead._name]
        cls.registry._setup_models__(cls.env.cr, ["res.company"])

    def test_who_reads(self):
        self.assertEqual(self.of_one.reader_company_ids, self.one)
        self.assertIn(self.two, self.of_both.reader_company_ids)
        self.assertFalse(self.of_none.reader_company_ids)

    def test_search(self):
        self.assertEqual(self.model.search([("reader_company_ids", "in", self.one.ids)]), self.of_one | self.of_both)
        self.assertEqual(self.model.search([("reader_company_ids", "in", self.two.ids)]), self.of_both)
        self.assertFalse(self.model.search([("reader_company_ids", "in", [])]))

    def test_search_says_the_same_as_the_field(self):
        everything = self.of_one | self.of_both | self.of_none
        for company in (self.one, self.two):
            domain = Domain("reader_company_ids", "in", company.ids)
            with self.subTest(company=company.name):
                self.assertEqual(everything.filtered_domain(domain), self.model.search(domain))
                self.assertEqual(everything - self.model.search(domain), self.model.search(~domain))

    def test_a_new_record_is_read_by_nobody_yet(self):
        self.assertFalse(self.model.new({"company_id": self.one.id}).reader_company_ids)

    def test_what_was_just_written_counts(self):
        self.of_none.company_id = self.two
        self.assertIn(self.of_none, self.model.search([("reader_company_ids", "in", self.two.ids)]))
