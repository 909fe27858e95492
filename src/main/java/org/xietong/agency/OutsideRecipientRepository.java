package org.xietong.agency;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class OutsideRecipientRepository implements PanacheRepositoryBase<OutsideRecipientRow, String> {}
