"""The custody of the whole case: the ledger, the hash lists, the outside timestamps."""
