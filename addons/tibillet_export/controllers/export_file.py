from odoo.http import Controller, request, route


class ExportFile(Controller):
    @route("/tibillet/export/<model('tibillet.export.make'):made>", type="http", auth="user", readonly=True)
    def download(self, made):
        """The file that its accountant has just made; anybody else's is refused by the model's own rights."""
        made.check_access("read")
        stream = request.env["ir.binary"]._get_stream_from(made, "file", filename=made.file_name)
        return stream.get_response(as_attachment=True)
