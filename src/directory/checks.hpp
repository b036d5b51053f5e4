// directory: what an organization and a contact must be to be kept. Inside directory, and for who reads a file of them.
#pragma once

#include "directory/directory.hpp"

namespace kedge::directory {

// As it is kept: one line where it is one, a website with its scheme. Errors: invalid at "name", "email", "website", "kind" and what is too long.
[[nodiscard]] Result<Organization> checked(Organization organization);
[[nodiscard]] Result<Contact> checked(Contact contact);

}  // namespace kedge::directory
