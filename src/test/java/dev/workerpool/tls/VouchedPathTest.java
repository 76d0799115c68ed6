package dev.workerpool.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.testing.jobs.PrivateCa;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class VouchedPathTest {
    private static final PrivateCa CA = PrivateCa.create();
    private static final X509Certificate ROOT = read(CA.pem());
    private static final X509Certificate OTHER = read(PrivateCa.create().pem());
    private static final X509Certificate SERVER = read(CA.leaf().certificatePem());

    @Test
    void the_root_that_vouches_is_the_last_whether_it_is_presented_or_not() {
        assertEquals(List.of(SERVER, ROOT), VouchedPath.of(List.of(SERVER), List.of(OTHER, ROOT)));
        assertEquals(List.of(SERVER, ROOT), VouchedPath.of(List.of(SERVER, ROOT), List.of(OTHER, ROOT)));
    }

    @Test
    void what_is_presented_besides_is_left_out() {
        assertEquals(List.of(SERVER, ROOT), VouchedPath.of(List.of(SERVER, OTHER), List.of(ROOT)));
    }

    @Test
    void a_server_that_is_trusted_itself_needs_nobody() {
        assertEquals(List.of(SERVER), VouchedPath.of(List.of(SERVER, ROOT), List.of(SERVER)));
    }

    @Test
    void what_is_presented_leads_on_where_no_root_does_and_ends_somewhere() {
        assertEquals(List.of(SERVER, ROOT), VouchedPath.of(List.of(SERVER, ROOT), List.of(OTHER)));
        assertEquals(List.of(), VouchedPath.of(List.of(), List.of(OTHER)));
    }

    private static X509Certificate read(String pem) {
        return Certificates.parse(pem).certificates().getFirst();
    }
}
